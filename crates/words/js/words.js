// Handrail's own words in one language, by Mozilla's library. What the language lacks is said in English.
import { FluentBundle, FluentDateTime, FluentResource } from "@fluent/bundle";

// A time in UTC as the language writes it, where the clock stands; anything else as it is.
const MOMENT = ([text]) => {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new FluentDateTime(time, { dateStyle: "medium", timeStyle: "short" });
};

let bundles = [];

// What recipes and guides say has only its place in the file for a name; plans ask for `m0`, `m1`…
const named = (text, n = 0) => text.replace(/^=/gm, () => `m${n++} =`);

// Takes the first of the wanted languages that there is; `read` gives a file's text by its name. Answers the language's
// tag and direction, and every language with its own name. What is needed in any case is asked for before it is known
// what is wanted: the panel waits for these words.
export const speak = async (read, asked) => {
  const english = read("en.ftl");
  const [index, wanted] = await Promise.all([read("index.json"), asked]);
  const known = JSON.parse(index);
  const tags = wanted.flatMap((tag) => [tag, tag.split("-")[0]]);
  const tag = tags.find((tag) => tag in known) ?? "en";
  const bundle = async (tag) => {
    const made = new FluentBundle(tag, { functions: { MOMENT }, useIsolating: known[tag].direction === "rtl" });
    made.addResource(new FluentResource(named(await (tag === "en" ? english : read(`${tag}.ftl`)))));
    return made;
  };
  bundles = await Promise.all([...new Set([tag, "en"])].map(bundle));
  return { tag, direction: known[tag].direction, known };
};

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
