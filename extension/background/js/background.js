// Registers every listener at once, as the browser demands, and forwards what it hears into WASM.
// What arrives while WASM is starting waits in a queue. Nothing is decided here.
import { enterFrame, leaveFrame, openPanel } from "@handrail/browser";
import init, * as wasm from "@handrail/background";
import { own as ownPlans } from "./own.js";
import { language, words } from "./words.js";

// What is stored is for the extension's own pages; content scripts have no business there.
chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" })?.catch?.(() => {});

let ready = false;
const queue = [];
const forward = (call) => (ready ? safely(call) : queue.push(call));
const safely = (call) => {
  try {
    return call();
  } catch {
    fell();
  }
};
const text = (path) => fetch(chrome.runtime.getURL(path)).then((answer) => answer.text());

// A plan by its name: the guide's, or that with mode and credential behind a dot. Those say only what they have
// otherwise than the usual one: a number in a list of theirs stands for the entry at that place there. What all guides
// have in common are pages, which are in one file. What else several files say is in `shared`, by its place. What a
// recipe or the guide says is a message, with what is put in: messages again, and controls by their label alone where the
// language is not the recipes'.
const at = (node, shared) => (Object(node).$ === undefined ? node : at(shared[node.$], shared));
const label = (text) => (language.tag.startsWith("en") ? text : text.replace(/^[^*]*(\*\*[^*]+\*\*)[^*]*$/, "$1"));
const told = (node, shared) => {
  const [name, ...put] = at(node, shared).map((part) => at(part, shared));
  const text = (part) => (typeof part === "string" ? label(shared.renamed?.get(part) ?? part) : whole(part, shared));
  const args = put.flatMap((part, n) => [String.fromCharCode(97 + n), text(part)]);
  return handrailText([name, ...args].join("\x1f"));
};
const whole = (node, shared) => {
  if (typeof node !== "object" || node === null) return node;
  if ("$" in node) return whole(at(node, shared), shared);
  if ("$t" in node) return told(node.$t, shared);
  if (Array.isArray(node)) return node.map((part) => whole(part, shared));
  return Object.fromEntries(Object.entries(node).map(([name, part]) => [name, whole(part, shared)]));
};
// Labels that came later, by the id of the control or page; see `extension/panel/js/labels.js`. Of another version of the
// extension they count for nothing, nor where a policy says so.
const newerLabels = async () => {
  const managed = Promise.resolve(chrome.storage.managed?.get?.("newerLabels")).catch(() => {});
  const [own, policy] = await Promise.all([chrome.storage.local.get("labels"), managed]);
  const kept = JSON.parse(own.labels ?? "{}");
  const isUsed = kept.extension === chrome.runtime.getManifest().version && policy?.newerLabels !== false;
  return isUsed ? kept.labels : {};
};
// A vendor's own guide, as the panel kept it when its sender was proved; `<guide>.line` is its line for the list.
const isOwn = (name) => name.startsWith("own-");
const kept = async (guide) => JSON.parse((await chrome.storage.local.get(guide))[guide]);
const plan = async (name) => {
  const [guide] = name.split(".");
  const usualFiles = name === guide ? [guide, "pages"] : [guide, "pages", `${guide}.more`];
  const files = isOwn(guide) ? ["own", "pages"] : usualFiles;
  const read = (file) => text(`plans/${file}.json`).then(JSON.parse);
  const [newer, shared, first, packaged, others] = await Promise.all([newerLabels(), ...["shared", ...files].map(read)]);
  await spoke;
  // What a control is called now, by what it was called: steps speak of it too.
  shared.renamed = new Map();
  const laid = (part) => {
    const { called } = newer[part.id] ?? {};
    if (called) shared.renamed.set(part.called, called);
    return { ...part, ...newer[part.id] };
  };
  const pages = whole(packaged, shared).map((page) => ({ ...laid(page), controls: page.controls.map(laid) }));
  if (isOwn(guide)) {
    const { plans, line } = ownPlans(first, pages, await kept(guide));
    return JSON.stringify(whole(name === `${guide}.line` ? line : plans[name], shared));
  }
  const [usual, more] = [first, others].map((file) => whole(file, shared));
  const own = more ? more[name] : usual;
  const filled = (list, from) => list?.map((entry) => (typeof entry === "number" ? from[entry] : entry));
  if (more) for (const list of ["steps", "values", "parts"]) own[list] = filled(own[list], usual[list]);
  own.pages = filled(own.pages, pages);
  return JSON.stringify(own);
};
globalThis.handrailPlan = plan;
// The list of the guides, each called as its own title says.
const guides = async () => {
  const list = JSON.parse(await text("plans/index.json"));
  const kept = Object.keys(await chrome.storage.local.get(null)).filter(isOwn);
  const lines = await Promise.all(kept.map((id) => plan(`${id}.line`).then(JSON.parse).catch(() => [])));
  await spoke;
  return json(whole(list, []).concat(...lines));
};

const sender = (from) =>
  JSON.stringify({
    id: from?.id ?? "",
    url: from?.url ?? "",
    tab: from?.tab?.id ?? null,
    frame: from?.frameId ?? -1,
    document: from?.documentId ?? "",
  });

// What an agent or its loader says is flat, with its name among its fields; a name outside is read with much less code.
const named = (message) => {
  const { k, ...fields } = Object(message);
  return { [k]: fields };
};

// Functions that executeScript carries into a frame must be JavaScript.
globalThis.handrailStart = (base64) => globalThis.__handrail?.start?.(base64);
// Run in frames too: what a background that stopped was still bringing never comes, so it may be asked for again.
globalThis.handrailUnask = () => globalThis.__handrail?.begun || delete globalThis.__handrail;

let [falls, dead] = [0, false];
let count = 0;
const ports = new Set();
chrome.runtime.onConnect.addListener((port) => {
  if (dead) return port.postMessage("fell");
  const number = ++count;
  ports.add(port);
  const read = port.name === "agent" ? named : (message) => message;
  port.onMessage.addListener((message) => forward(() => wasm.said(number, JSON.stringify(read(message)))));
  port.onDisconnect.addListener(() => ports.delete(port) && forward(() => wasm.disconnected(number)));
  forward(() => wasm.connected(number, port, port.name, sender(port.sender)));
});

chrome.runtime.onMessage.addListener((message, from, answer) => {
  // A frame's loader asks for its agent, or a document tells of the frames in it; nothing else said without a connection
  // is heard or answered at all.
  if (!["boot", "frames"].includes(message?.k) || !from?.tab) return false;
  forward(() => {
    const wanted = wasm.message(sender(from), JSON.stringify(named(message)));
    if (!wanted) leaveFrame(from);
    else if (message.k === "boot") enterFrame(from);
    answer(wanted);
  });
  return true;
});

chrome.action.onClicked.addListener((tab) => {
  // Opening the panel needs the press itself: before anything is awaited.
  openPanel(tab.id);
  forward(() => wasm.clicked(tab.id, tab.url ?? ""));
});

chrome.storage.onChanged.addListener((changes, area) => {
  // What the organisation sets is read at the beginning alone.
  if (area === "managed") return forward(() => anew(false));
  if ("labels" in changes) forward(() => wasm.relabelled());
});
chrome.tabs.onUpdated.addListener((tab, change) => {
  if (change.url) forward(() => wasm.moved(tab, change.url));
  if (change.status === "complete") forward(() => wasm.loaded(tab));
});
for (const change of ["onAdded", "onRemoved"]) chrome.permissions[change].addListener(() => forward(wasm.permitted));
chrome.tabs.onRemoved.addListener((tab) => forward(() => wasm.closed(tab)));
chrome.alarms.onAlarm.addListener(() => forward(() => wasm.tick()));

const json = (all) => JSON.stringify(all);
// What is stored, and the plans of the runs under way: each is a file of its own.
const stored = async (fell) => {
  const local = chrome.storage.local.get(null);
  const session = chrome.storage.session.get(null).then(json);
  const plans = local.then(async (all) => {
    const runs = Object.keys(all).filter((key) => key.startsWith("run."));
    const names = [...new Set(runs.map((key) => JSON.parse(all[key]).file).filter(Boolean))];
    return [names, await Promise.all(names.map((name) => plan(name).catch(() => "")))];
  });
  // What the organisation sets; where it sets nothing, or the browser knows no such thing, that is nothing.
  const managed = Promise.resolve(chrome.storage.managed?.get?.(null)).then(json).catch(() => "{}");
  const parts = [text("config.json"), managed, guides(), plans, local.then(json), session];
  const [config, policy, index, [names, files], all, kept] = await Promise.all(parts);
  return { config, managed: policy ?? "{}", index, names, files, local: all, session: kept, fell };
};
const begin = (what) => {
  safely(() => {
    wasm.load(chrome.runtime.id, chrome.runtime.getURL(""), what);
    ready = true;
    for (const call of queue.splice(0)) call();
  });
};

// Begins anew with what is stored, and every page connects again.
const anew = (fell) => {
  ready = false;
  queue.length = 0;
  for (const port of ports) {
    // A panel that hears nothing before the end says again what it said last; what made this fall must not come again.
    if (port.name === "panel") port.postMessage("wake");
    port.disconnect();
  }
  ports.clear();
  if (dead) return chrome.runtime.sendMessage("wake").catch(() => {});
  wasm.__wbg_reset_state();
  stored(fell).then(begin);
};
// After a fault (a trap, or an exception thrown through WASM) what is in memory is not to be trusted; what is stored is.
// If even that fails it gives up, and panels are told.
const fell = () => {
  dead = ++falls > 3;
  anew(true);
};

// Plans and their list were read in the language before.
const spoke = words(() => forward(() => anew(false))).catch(() => {});
const first = Promise.all([stored(false), spoke]).then(([what]) => what);
init({ module_or_path: fetch(chrome.runtime.getURL("background_bg.wasm")) })
  .then(() => first)
  .then(begin);
