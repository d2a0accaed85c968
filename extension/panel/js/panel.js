// Loads the panel's WASM and hands it the browser. Everything else is Rust.
import init, { start } from "@handrail/panel";

await init({ module_or_path: fetch(chrome.runtime.getURL("panel_bg.wasm")) });
start();
