// The same agent lowered to JavaScript, for frames whose policy forbids WASM. It starts itself.
import { guarded } from "./guard.js";
import { start } from "@handrail/agent";

globalThis.__handrail ??= {};
globalThis.__handrail.guarded = guarded;
if (!globalThis.__handrail.start) {
  globalThis.__handrail.start = () => {};
  globalThis.__handrail.begun = true;
  start(true);
}
