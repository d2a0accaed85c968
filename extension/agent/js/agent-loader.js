// The content script of a run: asks for the agent once, and says which build this frame's policy allows.
// It knows nothing else; the agent itself comes from the background in answer.
if (!globalThis.__handrail) {
  globalThis.__handrail = {};
  let wasm = true;
  try {
    // The smallest module there is. In Chromium the page's policy decides whether it may be compiled.
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {
    wasm = false;
  }
  chrome.runtime
    .sendMessage({ k: "boot", wasm })
    .catch(() => false)
    .then((wanted) => {
      // No run in this tab (or nobody there): leave no trace, so that a run that starts later can begin here.
      if (wanted !== true && !globalThis.__handrail?.start) delete globalThis.__handrail;
    });
}
