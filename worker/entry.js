// The Worker's entry: what workerd calls, over the glue that wasm-bindgen wrote.
//
// A panic sets `criticalError` on the state that the Worker crate shares with us. The instance is then in an
// unknown state and every request in flight would hang, so all of them are answered here, and the next call
// starts with a fresh instance.
import { DurableObject } from "cloudflare:workers";
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

// Futures of Rust are woken by it. The platform's own leaves JavaScript for every call, which costs more than most that is
// done when they wake.
const settled = Promise.resolve();
globalThis.queueMicrotask = (task) => void settled.then(task);

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

// The objects where the operator wants them stored; each jurisdiction is a space of its own.
function placed(env) {
  const place = env.JURISDICTION;
  if (!place) return env;
  // Asked for when an object is needed, and not before: where the platform has no such place nothing is kept, and the rest
  // goes on.
  return {
    ...env,
    get LINKS() {
      return env.LINKS.jurisdiction(place);
    },
    get VENDOR_INDEX() {
      return env.VENDOR_INDEX.jurisdiction(place);
    },
  };
}

// Runs a call into the WASM; a panic of any other call ends this one too.
function guarded(call) {
  return new Promise((resolve, reject) => {
    const giveUp = (error) => {
      inFlight.delete(giveUp);
      if (error instanceof WebAssembly.RuntimeError) state.criticalError = true;
      reject(error);
    };
    const finish = (answer) => {
      inFlight.delete(giveUp);
      resolve(answer);
    };
    inFlight.add(giveUp);
    try {
      call().then(finish, giveUp);
    } catch (error) {
      giveUp(error);
    }
  });
}

// The Worker crate reads it of every request, and nobody here looks at it; the platform would make an object of it each time.
function withoutPlace(request) {
  return Object.defineProperty(request, "cf", { value: undefined });
}

export default {
  async fetch(request, env, ctx) {
    freshAfterPanic();
    try {
      return await guarded(() => wasm.fetch(withoutPlace(request), placed(env), ctx));
    } catch {
      return internalError();
    }
  },
};

// A Durable Object around the class that wasm-bindgen wrote. What it knows is in its storage, so after a panic a
// fresh instance of the WASM takes over. An error of the object goes to whoever asked it; its words stay here.
function durable(name) {
  return class extends DurableObject {
    #inner;
    #instance;
    #object() {
      freshAfterPanic();
      if (this.#instance !== state.instanceId || !this.#inner) {
        this.#inner = new wasm[name](this.ctx, placed(this.env));
        this.#instance = state.instanceId;
      }
      return this.#inner;
    }
    async fetch(request) {
      try {
        return await guarded(() => this.#object().fetch(withoutPlace(request)));
      } catch {
        return new Response(null, { status: 500 });
      }
    }
    async alarm() {
      await guarded(() => this.#object().alarm());
    }
  };
}

export const LinkObject = durable("LinkObject");
export const VendorObject = durable("VendorObject");
