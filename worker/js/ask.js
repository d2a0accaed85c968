// Questions to the outside and their answers, a whole wave of them in one call over the border between JavaScript and
// WebAssembly: every object of the platform that Rust would make for itself, and every promise that it would be woken by,
// costs more than the work it is made for.

// Milliseconds for the answers; Microsoft's usually take under one second.
const PATIENCE = 10_000;

// Between the parts of a question or an answer, and between questions or answers; no part holds one of them.
const UNIT = "\u001f";
const RECORD = "\u001e";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

// Asks all at the same time, following no redirect. A question is method, address, body, and names and values of headers;
// `wanted` are the names of the headers of the answers that are looked at. Of an answer's body at most so many bytes are
// read. An answer is its status, those headers and the body; nothing at all when none came. `answered` is called with the
// number and the answers.
export async function ask(number, questions, wanted, most, answered) {
  const names = wanted ? wanted.split(UNIT) : [];
  const signal = AbortSignal.timeout(PATIENCE);
  const answers = await Promise.all(questions.split(RECORD).map((question) => answerTo(question, names, most, signal)));
  answered(number, encoder.encode(answers.join(RECORD)));
}

async function answerTo(question, names, most, signal) {
  const [method, url, body, ...named] = question.split(UNIT);
  const headers = {};
  for (let at = 0; at + 1 < named.length; at += 2) headers[named[at]] = named[at + 1];
  try {
    const answer = await fetch(url, { method, body: body || undefined, headers, redirect: "manual", signal });
    const text = isShort(answer.headers, most) ? await answer.text() : decoder.decode(await beginning(answer.body, most));
    let told = String(answer.status);
    for (const name of names) told += UNIT + (answer.headers.get(name) ?? "");
    // JSON has none; what has one is none, and stays none.
    return told + UNIT + (text.includes(RECORD) ? text.replaceAll(RECORD, "\ufffd") : text);
  } catch {
    // Errors of the platform may quote what was sent, so their words are dropped.
    return "";
  }
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
    if (done) return joined(parts);
    parts.push(value.subarray(0, room));
    room -= Math.min(room, value.length);
  }
  // Whoever would send for ever is not listened to.
  await reader.cancel();
  return joined(parts);
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
