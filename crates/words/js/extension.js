// The words of the extension's own pages: the language the admin chose, or the organisation, or the browser's.
import { speak } from "./words.js";

const KEY = "language";
const read = async (name) => (await fetch(chrome.runtime.getURL(`words/${name}`))).text();

// The language spoken now; see `speak`. `chosen` is what the admin chose, empty for the browser's.
export const language = { tag: "en", direction: "ltr", known: {}, chosen: "" };

const load = async () => {
  const managed = Promise.resolve(chrome.storage.managed?.get?.(KEY)).catch(() => {});
  const asked = Promise.all([chrome.storage.local.get(KEY), managed]);
  const wanted = asked.then(([own, policy]) => [own[KEY], policy?.[KEY], chrome.i18n.getUILanguage()].filter(Boolean));
  const spoken = await speak(read, wanted);
  Object.assign(language, { chosen: (await asked)[0][KEY] ?? "" }, spoken);
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
