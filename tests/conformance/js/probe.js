// The probe as WASM: `await startProbe(base64)` gives the class.
import { initSync, Probe } from "@handrail/probe";

globalThis.startProbe = (base64) => {
  initSync({ module: Uint8Array.fromBase64?.(base64) ?? Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)) });
  return Probe;
};
