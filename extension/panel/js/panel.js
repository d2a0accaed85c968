// Loads the panel's WASM and hands it the browser. Everything else is Rust.
import init, { start } from "@handrail/panel";

// A fault of the panel's own: it says so and shows nothing else. The run is the background's and goes on.
globalThis.handrailFell = () => {
  document.getElementById("root").hidden = true;
  const box = document.createElement("div");
  const words = document.createElement("p");
  const again = document.createElement("button");
  words.textContent = "Handrail's panel failed. Nothing of the run is lost: open the panel again.";
  again.textContent = "Open again";
  again.dataset.act = "open-again";
  again.onclick = () => location.reload();
  box.setAttribute("role", "alert");
  box.className = "box";
  box.append(words, again);
  document.body.replaceChildren(document.getElementById("root"), box);
  document.body.dataset.view = "fell";
};
addEventListener("error", () => globalThis.handrailFell(), { once: true });

await init({ module_or_path: fetch(chrome.runtime.getURL("panel_bg.wasm")) });
start();
