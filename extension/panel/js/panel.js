// Loads the panel's WASM and hands it the browser. Everything else is Rust.
import init, { proved, spoken, start } from "@handrail/panel";
import { forget, line, look } from "./labels.js";
import * as vendors from "./vendors.js";
import { choose, language, words } from "./words.js";

// A fault of the panel's own: it says so and shows nothing else. The run is the background's and goes on.
globalThis.handrailFell = () => {
  document.getElementById("root").hidden = true;
  const box = document.createElement("div");
  const said = document.createElement("p");
  const again = document.createElement("button");
  said.textContent = handrailText("panel-fell");
  again.textContent = handrailText("panel-fell-again");
  again.dataset.act = "open-again";
  again.onclick = () => location.reload();
  box.setAttribute("role", "alert");
  box.className = "box";
  box.append(said, again);
  document.body.replaceChildren(document.getElementById("root"), box);
  document.body.dataset.view = "fell";
};
addEventListener("error", () => globalThis.handrailFell(), { once: true });

globalThis.handrailEarly ??= () => undefined;
globalThis.handrailChoose = choose;
// What the manifest names and the browser withholds; only a press may ask for it.
globalThis.handrailAsk = () => {
  chrome.permissions.request({ origins: chrome.runtime.getManifest().host_permissions }).catch(() => {});
};
globalThis.handrailLanguages = () => [
  language.chosen,
  ...Object.entries(language.known).flatMap(([tag, { name }]) => [tag, name]),
];
// A vendor's own guide that came with a proved link is kept for the background, and those of yesterday that no run needs go.
globalThis.handrailKeepGuide = async (id, text, digest, domain) => {
  const all = await chrome.storage.local.get(null);
  const parsed = (key) => JSON.parse(all[key]);
  const used = Object.keys(all).flatMap((key) => (key.startsWith("run.") ? [parsed(key).guide] : []));
  const isOld = (key) => key.startsWith("own-") && !used.includes(key) && parsed(key).at < Date.now() - 864e5;
  await chrome.storage.local.remove(Object.keys(all).filter(isOld));
  // What a run follows is not given to another domain, which may have signed the same text.
  if (!used.includes(id)) await chrome.storage.local.set({ [id]: JSON.stringify({ id, text, digest, domain, at: Date.now() }) });
};
let remembered = [];
globalThis.handrailVendors = () => remembered;
globalThis.handrailKnownVendor = vendors.known;
globalThis.handrailRememberVendor = vendors.remember;
globalThis.handrailForgetVendor = vendors.forget;
// Firefox gives the first control to who comes back with F6, and does not scroll to it. Who tabs through everything begins there.
let had;
let tabs;
let left = document.body;
globalThis.onkeydown = globalThis.onkeyup = ({ type, key }) => {
  tabs = type === "keydown" && key === "Tab";
};
addEventListener("focusin", ({ target }) => {
  had = target;
});
addEventListener("blur", () => {
  left = document.activeElement;
  if (tabs) had = tabs = undefined;
});
addEventListener("focus", () => {
  if (document.activeElement === left) return;
  had?.focus();
  document.activeElement.scrollIntoView({ block: "nearest" });
});
let labels = [];
globalThis.handrailLabels = () => labels;
const told = async (said) => {
  const before = labels.length;
  labels = await line(said);
  if (labels.length + before > 0) spoken();
};
globalThis.handrailPressedLabels = async (act) => {
  if (act === "forget-labels") return forget().then(() => told(""));
  await told("looking");
  told(await look(proved).catch(() => "refused"));
};
const show = () => Object.assign(document.documentElement, { lang: language.tag, dir: language.direction });
const spoke = words(() => {
  show();
  spoken();
}).then(show, () => {});

await init({ module_or_path: fetch(chrome.runtime.getURL("panel_bg.wasm")) });
await spoke;
start();
told("");
vendors.watch((all) => {
  remembered = all;
  spoken();
});
