// Labels: today's in `new.json`, what they were before in `old.json`, each by language; English fills the gaps.
// A scenario can replace the label of one control, as a rename by Microsoft would.
import now from "../labels/new.json";
import before from "../labels/old.json";
import type { Scenario } from "./api";

type Set = Record<string, Record<string, string>>;

export type Label = (key: string, values?: Record<string, string | number>) => string;

/** `pt-BR` → `pt-br`, then `pt`: the sets have no regions so far. */
function known(lang: string): string {
  const low = lang.toLowerCase();
  return low in now ? low : (low.split("-")[0] ?? "en");
}

export function labels(scenario: Scenario, asked: string): Label {
  const lang = known(asked);
  const layers: Record<string, string>[] = [scenario.renames];
  const add = (set: Set, language: string) => set[language] && layers.push(set[language]);
  if (scenario.labels === "old") add(before as Set, lang);
  add(now as Set, lang);
  if (scenario.labels === "old") add(before as Set, "en");
  add(now as Set, "en");
  return (key, values = {}) => {
    const text = layers.find((layer) => key in layer)?.[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
  };
}
