// The WASM build. The background runs this file in the frame and then calls `start` with the module's bytes.
import { guarded } from "./guard.js";
import { initSync, start } from "@handrail/agent";

globalThis.__handrail ??= {};
globalThis.__handrail.guarded = guarded;
globalThis.__handrail.start ??= (base64) => {
  // Brought here twice, the agent begins once.
  globalThis.__handrail.start = () => {};
  globalThis.__handrail.begun = true;
  initSync({ module: Uint8Array.fromBase64?.(base64) ?? Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)) });
  start(false);
};
