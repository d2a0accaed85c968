// The Worker's entry: what workerd calls, over the glue that wasm-bindgen wrote.
// After a panic the WASM instance is in an unknown state: the next call starts with a fresh one.
import { WorkerEntrypoint } from "cloudflare:workers";
import * as wasm from "@handrail/worker";

const state = wasm.__worker_init_state();

function freshAfterPanic() {
  if (!state.criticalError) return;
  wasm.__wbg_reset_state();
  state.criticalError = false;
  state.instanceId++;
}

function notePanic(error) {
  if (error instanceof WebAssembly.RuntimeError) state.criticalError = true;
}

addEventListener("error", (event) => notePanic(event.error));

export default class Handrail extends WorkerEntrypoint {
  async fetch(request) {
    freshAfterPanic();
    try {
      return await wasm.fetch.call(this, request, this.env, this.ctx);
    } catch (error) {
      notePanic(error);
      const body = { error: { code: "internal", what: "Something went wrong here.", next: "Try again." } };
      return Response.json(body, { status: 500 });
    }
  }
}
