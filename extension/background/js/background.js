// Registers every listener at once, as the browser demands, and forwards what it hears into WASM.
// What arrives while WASM is starting waits in a queue. Nothing is decided here.
import { openPanel } from "@handrail/panel-place";
import init, * as wasm from "@handrail/background";

// What is stored is for the extension's own pages; content scripts have no business there.
chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" })?.catch?.(() => {});

let ready = false;
const queue = [];
const forward = (call) => (ready ? call() : queue.push(call));
const text = (path) => fetch(chrome.runtime.getURL(path)).then((answer) => answer.text());

// A plan by its name: the guide's, or that with mode and credential behind a dot. Those say only what they have
// otherwise than the usual one: a number in one of their lists stands for the entry at that place there.
const plan = async (name) => {
  const [guide] = name.split(".");
  const usual = await text(`plans/${guide}.json`);
  if (name === guide) return usual;
  const [base, more] = [JSON.parse(usual), JSON.parse(await text(`plans/${guide}.more.json`))];
  const own = more[name];
  for (const list of ["steps", "pages", "values", "parts"]) {
    own[list] = own[list]?.map((entry) => (typeof entry === "number" ? base[list][entry] : entry));
  }
  return JSON.stringify(own);
};
globalThis.handrailPlan = plan;

const sender = (from) =>
  JSON.stringify({
    id: from?.id ?? "",
    url: from?.url ?? "",
    tab: from?.tab?.id ?? null,
    frame: from?.frameId ?? -1,
    document: from?.documentId ?? "",
  });

// Functions that executeScript carries into a frame must be JavaScript.
globalThis.handrailStart = (base64) => globalThis.__handrail?.start?.(base64);

let ports = 0;
chrome.runtime.onConnect.addListener((port) => {
  const number = ++ports;
  port.onMessage.addListener((message) => forward(() => wasm.said(number, JSON.stringify(message))));
  port.onDisconnect.addListener(() => forward(() => wasm.disconnected(number)));
  forward(() => wasm.connected(number, port, port.name, sender(port.sender)));
});

chrome.runtime.onMessage.addListener((message, from, answer) => {
  // A frame's loader asks for its agent; nothing else said without a connection is heard or answered at all.
  if (message?.k !== "boot" || !from?.tab) return false;
  forward(() => answer(wasm.message(sender(from), JSON.stringify(message))));
  return true;
});

chrome.action.onClicked.addListener((tab) => {
  // Opening the panel needs the press itself: before anything is awaited.
  openPanel(tab.id);
  forward(() => wasm.clicked(tab.id, tab.url ?? ""));
});

chrome.tabs.onUpdated.addListener((tab, change) => {
  if (change.url) forward(() => wasm.moved(tab, change.url));
});
chrome.tabs.onRemoved.addListener((tab) => forward(() => wasm.closed(tab)));
chrome.alarms.onAlarm.addListener(() => forward(() => wasm.tick()));

// What is stored, and the plans of the runs under way: each is a file of its own.
const json = (all) => JSON.stringify(all);
const local = chrome.storage.local.get(null);
const session = chrome.storage.session.get(null).then(json);
const plans = local.then(async (all) => {
  const runs = Object.keys(all).filter((key) => key.startsWith("run."));
  const names = [...new Set(runs.map((key) => JSON.parse(all[key]).file).filter(Boolean))];
  return [names, await Promise.all(names.map((name) => plan(name).catch(() => "")))];
});
// What the organisation sets; where it sets nothing, or the browser knows no such thing, that is nothing.
const managed = Promise.resolve(chrome.storage.managed?.get?.(null)).then(json).catch(() => "{}");
const [config, index] = [text("config.json"), text("plans/index.json")];
init({ module_or_path: fetch(chrome.runtime.getURL("background_bg.wasm")) })
  .then(() => Promise.all([config, managed, index, plans, local.then(json), session]))
  .then(([config, managed, index, [names, files], local, session]) => {
    const stored = { config, managed: managed ?? "{}", index, names, files, local, session };
    wasm.load(chrome.runtime.id, chrome.runtime.getURL(""), stored);
    ready = true;
    for (const call of queue.splice(0)) call();
  });
