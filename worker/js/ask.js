// A question to the outside and its answer, each in one call over the border between JavaScript and WebAssembly: every
// object of the platform that Rust would make for itself costs more than the work it is made for.

// Milliseconds for one answer; Microsoft's usually take under one second.
const PATIENCE = 10_000;

// Asks, following no redirect. `head` is method, address, and names and values of headers, a line each; `wanted` are the
// headers of the answer that are looked at, a line each. Of the answer's body at most so many bytes are read.
export async function ask(head, wanted, body, most) {
  const [method, url, ...lines] = head.split("\n");
  const headers = {};
  for (let at = 0; at + 1 < lines.length; at += 2) headers[lines[at]] = lines[at + 1];
  const answer = await fetch(url, { method, body, headers, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  const told = wanted.split("\n").map((name) => answer.headers.get(name) ?? "");
  const bytes = isShort(answer.headers, most) ? new Uint8Array(await answer.arrayBuffer()) : await beginning(answer.body, most);
  return { status: answer.status, told: told.join("\n"), body: bytes };
}

// Whoever says how long the answer is can be taken at its word: the platform holds it to that. Packed, it says nothing of
// what comes out.
function isShort(headers, most) {
  const length = headers.get("content-length");
  return length !== null && length <= most && !headers.has("content-encoding");
}

// The body up to a length; what comes after it is never taken in.
async function beginning(body, most) {
  if (!body) return new Uint8Array();
  const reader = body.getReader();
  const parts = [];
  let room = most;
  while (room > 0) {
    const { done, value } = await reader.read();
    if (done) return joined(parts, most - room);
    parts.push(value.subarray(0, room));
    room -= Math.min(room, value.length);
  }
  // Whoever would send for ever is not listened to.
  await reader.cancel();
  return joined(parts, most);
}

function joined(parts, length) {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
