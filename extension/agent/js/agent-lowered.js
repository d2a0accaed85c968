// The same agent lowered to JavaScript, for frames whose policy forbids WASM. It starts itself.
import { start } from "@handrail/agent";

globalThis.__handrail ??= {};
if (!globalThis.__handrail.start) {
  globalThis.__handrail.start = () => {};
  start(true);
}
