// The words of the extension's own pages: the language the admin chose, or the organisation, or the browser's.
import { choose as pick, speak } from "./words.js";

const KEY = "language";
const read = async (name) => (await fetch(chrome.runtime.getURL(`words/${name}`))).text();

// The language spoken now, and every other with its own name. `chosen` is what the admin chose, empty for the browser's.
export const language = { tag: "en", direction: "ltr", known: {}, chosen: "" };

const load = async () => {
  const managed = Promise.resolve(chrome.storage.managed?.get?.(KEY)).catch(() => {});
  const stored = Promise.all([chrome.storage.local.get(KEY), managed]);
  // What is needed in any case is asked for before it is known what is wanted: the panel waits for these words.
  const [english, index] = [read("en.words"), read("index.json")];
  const [own, policy] = await stored;
  const wanted = [own[KEY], policy?.[KEY], chrome.i18n.getUILanguage()].filter(Boolean);
  const known = JSON.parse(await index);
  const tag = pick(Object.keys(known), wanted);
  await speak([...new Set([tag, "en"])], (tag) => (tag === "en" ? english : read(`${tag}.words`)));
  Object.assign(language, { tag, direction: known[tag].direction, known, chosen: own[KEY] ?? "" });
};

// Resolves when words can be said. `again` is called each time the language has changed since.
export const words = (again) => {
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && KEY in changes) load().then(again);
  });
  return load();
};

// The admin's choice; empty for the browser's own language.
export const choose = (tag) => chrome.storage.local[tag ? "set" : "remove"](tag ? { [KEY]: tag } : KEY);
