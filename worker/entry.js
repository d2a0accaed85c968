// The Worker's entry: what workerd calls, over the glue that wasm-bindgen wrote.
//
// A panic sets `criticalError` on the state that the Worker crate shares with us. The instance is then in an
// unknown state and every request in flight would hang, so all of them are answered here, and the next call
// starts with a fresh instance.
import { WorkerEntrypoint } from "cloudflare:workers";
import * as wasm from "@handrail/worker";

const state = wasm.__worker_init_state();
const inFlight = new Set();
let panicked = false;

Object.defineProperty(state, "criticalError", {
  get: () => panicked,
  set(value) {
    panicked = value;
    if (value) for (const giveUp of inFlight) giveUp(new Error("panicked"));
  },
});

function freshAfterPanic() {
  if (!panicked) return;
  wasm.__wbg_reset_state();
  panicked = false;
  state.instanceId++;
}

function internalError() {
  const error = { code: "internal", what: "Something went wrong on our side.", next: "Try again." };
  return Response.json({ error }, { status: 500, headers: { "Access-Control-Allow-Origin": "*", "Cache-Control": "no-store" } });
}

export default class Handrail extends WorkerEntrypoint {
  async fetch(request) {
    freshAfterPanic();
    let giveUp;
    const panic = new Promise((_, reject) => (giveUp = reject));
    inFlight.add(giveUp);
    try {
      return await Promise.race([wasm.fetch.call(this, request, this.env, this.ctx), panic]);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) state.criticalError = true;
      return internalError();
    } finally {
      inFlight.delete(giveUp);
    }
  }
}
