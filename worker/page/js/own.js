// A vendor's own guide on the link's page, which fetches this only where a link has one: what it asks for and its steps in
// words, made of packaged recipes by the same script as in the extension, in the language that the Worker finds for whoever asks.
import { own } from "../../../extension/background/js/own.js";

// The same as `handrail guide render --as steps`. `words` are the portals' keys, names and hosts, and what stands for the directory.
export const stepsOf = ({ steps, pages }, words) => {
  const inWords = (text) => words["on-paper"].reduce((text, [place, said]) => text.replaceAll(place, said), text);
  const linkOf = ({ portal, path }) => {
    const [, name, host] = words.portals.find(([key]) => key === portal) ?? words.portals[0];
    return [name, host + path];
  };
  let shown = "";
  return steps.map(({ group, title, text, copy, caution, page: id = "" }) => {
    const page = id !== shown ? pages.find((page) => page.id === id) : undefined;
    shown = id;
    return { group, title, text: inWords(text), copy, caution, menu: page?.menu || undefined, links: (page?.routes ?? []).map(linkOf) };
  });
};

// The guide as the page shows it, and the steps of one way, which is named by what follows the guide's id. Throws where such a
// guide may not say what it says.
export const read = async (text, id, digest, domain, way) => {
  const { packed, pages, words } = await (await fetch("/assets/own.json")).json();
  const { plans } = own(packed, pages, { text, id, digest, domain });
  const usual = plans[id];
  const guide = {
    title: usual.title,
    vendor: usual.vendor.name,
    digest,
    domains: usual.vendor.domains,
    purpose: usual.sheet.purpose,
    asked: usual.sheet.permissions.map(({ danger, name, why, kind, ...one }) => [danger, `${name} (${one["resource-name"]}, ${words.kinds[kind]}): ${why}`]),
    fields: usual.values.filter(({ id }) => id in usual.requirements.values).map(({ id, kind }) => [id, kind]),
  };
  return JSON.stringify({ guide, steps: stepsOf(plans[id + way] ?? { steps: [], pages: [] }, words) });
};
