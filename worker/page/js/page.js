// Loads the page's words and its WASM. Everything else is Rust.
import init, { redraw, start } from "@handrail/page";
import { add, choose, speak } from "@handrail/words";
import languages from "@handrail/languages";

// A vendor's own guide is read by a script of its own.
globalThis.handrailOwn = (...all) => import("/assets/own.js").then(({ read }) => read(...all));
const language = choose(languages, navigator.languages);
const read = async (name) => (await fetch(`/assets/${name}.ftl`)).text();
const program = init({ module_or_path: fetch("/assets/page_bg.wasm") });
const isMirrored = await speak([language], read);
document.documentElement.lang = language;
document.documentElement.dir = isMirrored ? "rtl" : "ltr";
await program;
start();
// What is said of values and checks is needed only once something was entered.
add(await read(`${language}.checks`));
redraw();
