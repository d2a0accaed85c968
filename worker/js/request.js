// What Rust looks at of a request, its body, and the answer: each is one call over the border between JavaScript and
// WebAssembly, where every header and every object of the platform would be one.

// A line each: method, address, and the headers by which a check is taken or refused. No address and no header can hold the
// end of a line; one that is not there is an empty line.
export function about(request) {
  const { method, url, headers } = request;
  const named = ["content-type", "content-length", "cf-connecting-ip"].map((name) => headers.get(name));
  return [method, url, ...named].join("\n");
}

// Calls `answered` with the number and the body; with nothing where it did not come.
export async function body(number, request, answered) {
  let bytes;
  try {
    bytes = new Uint8Array(await request.arrayBuffer());
  } catch {
    bytes = new Uint8Array();
  }
  answered(number, bytes);
}

// `bytes` lie in WebAssembly's memory and may be others tomorrow.
export function respond(status, headers, bytes) {
  return new Response(bytes.slice(), { status, headers });
}
