// Loads the page's WASM. Everything else is Rust.
import init, { start } from "@handrail/page";

await init({ module_or_path: fetch("/assets/page_bg.wasm") });
start();
