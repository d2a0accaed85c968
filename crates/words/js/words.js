// Handrail's own words in one language, by Mozilla's library. What a language lacks is said in the next.
import { FluentBundle, FluentDateTime, FluentResource } from "@fluent/bundle";

// A time as the language writes it, in UTC as the sign-in logs and every other report have it; anything else as it is.
const SHORT = "short";
const DIGITS = "numeric";
const AS_IN_LOGS = { year: DIGITS, month: SHORT, day: DIGITS, hour: DIGITS, minute: DIGITS, timeZone: "UTC", timeZoneName: SHORT };
const MOMENT = ([text]) => {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new FluentDateTime(time, AS_IN_LOGS);
};

let bundles = [];

// What recipes and guides say has only its place in the file for a name; plans ask for `m0`, `m1`…
const named = (text, n = 0) => text.replace(/^=/gm, () => `m${n++} =`);

// The first of the wanted languages that is known, with or without its region.
export const choose = (known, wanted) =>
  wanted.flatMap((tag) => [tag, tag.split("-")[0]]).find((tag) => known.includes(tag)) ?? "en";

// Speaks the first of these languages; `read` gives the text of a language's file. Answers whether its lines begin at
// the right.
export const speak = async (tags, read) => {
  const bundle = async (tag) => {
    const text = await read(tag);
    const isMirrored = /^language-direction = rtl$/m.test(text);
    const made = new FluentBundle(tag, { functions: { MOMENT }, useIsolating: isMirrored });
    made.addResource(new FluentResource(named(text)));
    return [made, isMirrored];
  };
  const made = await Promise.all(tags.map(bundle));
  bundles = made.map(([one]) => one);
  return made[0][1];
};

// More words of the first of them.
export const add = (text) => bundles[0].addResource(new FluentResource(text));

// A message by its name, `name` or `name.attribute`, behind it names and values of arguments in turn, a break between
// each; see `src/browser.rs`.
globalThis.handrailText = (asked) => {
  const [id, ...flat] = asked.split("\x1f");
  const [name, attribute] = id.split(".");
  const value = (text) => (text.startsWith("\x1e") ? Number(text.slice(1)) : text);
  const args = {};
  for (let at = 0; at < flat.length; at += 2) args[flat[at]] = value(flat[at + 1]);
  for (const bundle of bundles) {
    const message = bundle.getMessage(name);
    const pattern = attribute ? message?.attributes[attribute] : message?.value;
    // What is missing among the arguments shows in the text; it must not end the program.
    if (pattern) return bundle.formatPattern(pattern, args, []);
  }
  return id;
};
