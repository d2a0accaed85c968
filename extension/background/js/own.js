// A vendor's own guide: what came with a link says which packaged recipes are carried out and with which names and reasons.
// All else (steps, controls, conditions, addresses) is packaged, in `plans/own.json`. What has no place in the table there is
// refused. The same as `crates/guide/src/load/own` with the compiler beside it; a test holds both against each other.
const ODD =
  /[\p{Cc}{}<>[\]|*`$@\\\u{ad}\u{61c}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]/u;

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isBelow = (domain, name) => domain === name || domain.endsWith(`.${name}`);
const isSaid = (text) => text !== "" && text === text.trim() && !ODD.test(text) && !text.includes("://");
const isContact = (text, domain) => {
  const [, page, path, box, mail] = /^(?:https:\/\/([^/@]+)((?:\/.*)?)|([^@:]*)@([^@]+))$/.exec(text) ?? [];
  return /^[\w.+/-]*$/.test((path ?? "") + (box ?? "")) && isBelow(page ?? mail ?? "", domain);
};
const RULES = {
  key: (text) => /^[\w.-]+$/.test(text),
  name: isSaid,
  words: isSaid,
  domain: (text, domain) => isBelow(domain, text),
  contact: isContact,
};

// Whether everything has a place in the table.
const fits = (tree, shape, domain) => {
  if (isObject(shape))
    return isObject(tree) && Object.keys(tree).every((name) => Object.hasOwn(shape, name) && fits(tree[name], shape[name], domain));
  if (shape.length === 1)
    return Array.isArray(tree) && tree.length <= 40 && tree.every((part) => fits(part, shape[0], domain));
  const [rule, most] = shape;
  if (rule === "number") return Number.isInteger(tree) && tree >= 0 && tree <= most;
  return typeof tree === "string" && [...tree].length <= most && RULES[rule](tree, domain);
};

const lost = (what) => {
  throw new Error(what);
};
const some = (list) => (list?.length ? list : undefined);

// Placeholders: `${path}` from the guide and the items that are walked.
class Scope {
  constructor(root, own = {}) {
    Object.assign(this, { root, own });
  }
  with(name, value) {
    return new Scope(this.root, { ...this.own, [name]: value });
  }
  at(path) {
    const [first, ...rest] = path.split(".");
    const start = Object.hasOwn(this.own, first) ? this.own : this.root;
    return [first, ...rest].reduce((at, key) => (Object.hasOwn(Object(at), key) ? at[key] : undefined), start);
  }
  list(path) {
    const found = this.at(path) ?? [];
    return Array.isArray(found) ? found : [found];
  }
  holds(when) {
    if (!when) return true;
    if (when.startsWith("!")) return !this.holds(when.slice(1));
    const [path, text] = when.split("=");
    const found = this.at(path) ?? false;
    return text === undefined ? (Array.isArray(found) ? found.length > 0 : found !== false) : String(found) === text;
  }
  fill(text) {
    const put = (_, path) => {
      const found = this.at(path);
      return ["string", "number"].includes(typeof found) ? String(found) : lost(path);
    };
    return text.replace(/\$\{([^}]*)\}/g, put);
  }
}

const DANGERS = { t: "tier-0", h: "high", m: "medium", l: "low" };

// How dangerous a permission is: `AccessReview=mad:Read.All;had:ReadWrite.All` has all that begin alike, and among them those
// that are as dangerous and of the same kinds.
const dangerOf = (all, name, kind) => {
  const [first, ...rest] = name.split(".");
  const alike = all.split(" ").find((part) => part.startsWith(`${first}=`));
  const sorts = alike?.slice(first.length + 1).split(";") ?? [];
  const found = sorts.find((sort) => {
    const [kinds, names] = sort.split(":");
    return kinds.slice(1).includes(kind[0]) && names.split(",").includes(rest.join("."));
  });
  return DANGERS[found?.[0]];
};

// What follows from the guide, for placeholders.
const rootOf = (guide, resources) => {
  const [apis, permissions] = [[], []];
  for (const { resource: key, name, kind, why } of guide.permission ?? []) {
    const api = Object.hasOwn(resources, key) ? resources[key] : lost("resource");
    if (!["application", "delegated"].includes(kind)) lost("kind");
    const danger = dangerOf(api.permissions, name, kind) ?? lost("permission");
    const group = api.groups?.[name];
    const other = kind === "application" ? "delegated" : "application";
    const known = { name, kind, "other-kind": other, resource: api.name, why, group: group || name.split(".")[0] };
    permissions.push({ ...known, key, danger, api });
    let one = apis.find((one) => one.key === key && one.kind === kind);
    if (!one) apis.push((one = { key, name: api.name, kind, "other-kind": other, tab: api.tab, permissions: [], groups: [] }));
    one.permissions.push(known);
    const list = one.groups.find((list) => list.name === known.group);
    if (list) list.permissions.push(known);
    else one.groups.push({ name: known.group, permissions: [known] });
  }
  const LEAST = "Cloud Application Administrator";
  const roles = permissions.filter(({ kind }) => kind === "application").map(({ api }) => api["consent-role"]);
  const root = {
    ...guide,
    permissions,
    apis: guide.app ? apis : [],
    wants: Object.fromEntries((guide.value ?? []).map(({ id }) => [id, true])),
    "consent-role": roles.find((role) => role !== LEAST) ?? LEAST,
    vendor: { support: `your contact at ${guide.vendor.name}`, ...guide.vendor },
    "permission-names": permissions.map(({ name }) => name).join(", "),
  };
  return { root, permissions };
};

const KINDS = ["secret", "certificate", "federated"];

// The guide with one credential: the wanted one, or the one that a link asks for.
const withOne = (root, { mode, credential, linked }) => {
  if (!root.credential) return root;
  if (linked) {
    const federated = { name: "link-{subject}", from: "{issuer}", issuer: "{issuer}", subject: "{subject}" };
    return { ...root, credential: { federated }, link: { federated: true } };
  }
  const kind = credential ?? KINDS.find((kind) => kind in root.credential);
  const { ...part } = root.credential[kind];
  if (mode === "renew") {
    part["own-description"] = part.description;
    part.description = `{begun} ${part.description}`;
  }
  return { ...root, credential: { [kind]: part } };
};

const takes = (mode, { modes, achieves }) =>
  modes.includes(mode) || (mode === "adopt" && achieves !== "app" && modes.includes("run"));

// One plan.
const compile = (packed, pages, guide, way, { id, digest }) => {
  const { root, permissions } = rootOf(guide, packed.resources);
  const scope = new Scope(withOne(root, way));
  const used = new Map();

  const needPage = (page) => {
    if (used.has(page)) return;
    const at = Object.hasOwn(packed.pages, page) ? pages[packed.pages[page]] : lost(page);
    used.set(page, { ...at, controls: [] });
    for (const { id } of at.controls) if (!id.includes("[")) need(id);
  };
  const take = (page, control) => {
    const { controls } = used.get(page);
    if (controls.some(({ id }) => id === control.id)) return;
    controls.push(control);
    for (const of of ["within", "region", "beside", "folded-in"]) if (control[of]) need(control[of]);
  };
  // The control, with its parameter filled in.
  const need = (id) => {
    const [, name, page, param] = /^((\w[\w-]*)\.[\w-]+)(?:\[(.+)\])?$/.exec(id) ?? lost(id);
    needPage(page);
    if (param === undefined) {
      const control = pages[packed.pages[page]].controls.find((one) => one.id === name) ?? lost(id);
      take(page, control);
      return control;
    }
    const form = Object.hasOwn(packed.controls, name) ? packed.controls[name] : lost(id);
    const put = (text) => text.replaceAll("${param}", () => param);
    const part = (part, key) => {
      if (typeof part === "string") return key === "called" ? put(part).replaceAll("|", " or ") : put(part);
      return part;
    };
    const control = JSON.parse(JSON.stringify(form), (key, node) => part(node, key));
    for (const locator of control.locators)
      for (const [tag, texts] of Object.entries(locator.text))
        locator.text[tag] = texts.flatMap((text) => text.split("|").filter(Boolean));
    take(page, control);
    return control;
  };
  const control = (id, scope) => need(scope.fill(id)).id;

  // Words: what is put in is called by its name. A message keeps its place.
  const named = (text) =>
    text.replace(/@\{((?:[^}[]|\[[^\]]*\])+)\}/g, (_, id) => {
      if (id.includes(".")) return need(id).called;
      needPage(id);
      return `**${used.get(id).title}**`;
    });
  const say = (text, scope) => {
    if (text == null) return undefined;
    const words = (text) => named(scope.fill(text));
    return typeof text === "string" ? words(text) : { $t: [text.t[0], ...text.t.slice(1).map(words)] };
  };
  const join = (joint, one, other) => {
    const [message, between] = packed.joints[joint];
    return message ? { $t: [message, one, other] } : `${one}${between}${other}`;
  };

  const oneOr = (list, kind) => (list.length === 1 ? list[0] : { [kind]: list });
  const condition = (cond, scope) => {
    if (typeof cond === "string") return cond;
    const [[kind, of]] = Object.entries(cond);
    const each = () => of.map((one) => condition(one, scope));
    const items = () => scope.list(of.of).map((it) => condition(of.that, scope.with("it", it)));
    switch (kind) {
      case "page":
        needPage(of);
        return cond;
      case "collected":
        return cond;
      case "is":
        return { is: { ...of, control: control(of.control, scope), text: scope.fill(of.text) } };
      case "shows": {
        const id = control(of[0], scope);
        const param = /\[(.+)\]$/.exec(id)?.[1];
        const texts = of[1][scope.fill(of[2])] ?? lost(id);
        const is = ([text, how]) => ({ is: { control: id, text: text.replaceAll("${param}", () => param), how } });
        return oneOr(texts.map(is), "any");
      }
      case "all":
      case "any":
        return { [kind]: each() };
      case "not":
        return { not: condition(of, scope) };
      case "every":
        return oneOr(items(), "all");
      case "some":
        return oneOr(items(), "any");
      default:
        return { [kind]: control(of, scope) };
    }
  };

  const chosen = packed.recipes.filter(
    (recipe) => takes(way.mode, recipe) && (recipe.achieves === "*" || scope.holds(recipe.achieves)),
  );
  const repeats = chosen.flatMap((recipe) => {
    const items = recipe.each ? scope.list(recipe.each) : [null];
    return items.map((item, n) => [recipe, scope.with("item", item), items.length > 1 ? `.${n + 1}` : ""]);
  });

  const made = repeats.flatMap(([recipe, scope, suffix]) =>
    recipe.step.flatMap((step) => {
      const rounds = step.each ? scope.list(step.each) : [null];
      return rounds.flatMap((round, n) => {
        const own = scope.with("each", round);
        if (!own.holds(step.when)) return [];
        const stepId = `${recipe.id}.${step.id}${suffix}${rounds.length > 1 ? `.${n + 1}` : ""}`;
        if (step.page) needPage(step.page);
        const wrong = (step.wrong ?? []).map(({ id, when, text, back, seen }) => ({
          id: `${stepId}.${id}`,
          when: condition(when, own),
          text: say(text, own),
          back,
          seen: seen && Object.fromEntries(Object.entries(seen).map(([topic, what]) => [topic, own.fill(what)])),
        }));
        const plan = {
          id: stepId,
          group: say(recipe.title, own),
          title: say(step.title, own),
          text: say(step.text, own),
          why: say(step.why, own),
          caution: say(step.caution, own),
          page: step.page,
          target: step.target && control(step.target, own),
          action: step.action,
          copy: step.copy && named(own.fill(step.copy)),
          collects: step.collects,
          done: condition(step.done, own),
          already: step.already && condition(step.already, own),
          wrong: some(wrong),
          patience: step.patience ?? 4000,
        };
        return [[plan, recipe, suffix]];
      });
    }),
  );
  const steps = made.map(([step]) => step);
  const resolve = (recipe, suffix, name) => {
    const local = `${recipe}.${name}`;
    const names = [`${local}${suffix}`, `${local}${suffix}.1`, local, `${local}.1`, name, `${name}.1`];
    return names.find((name) => steps.some(({ id }) => id === name));
  };
  for (const [step, recipe, suffix] of made)
    for (const turn of step.wrong ?? []) if (turn.back) turn.back = resolve(recipe.id, suffix, turn.back);

  const value = (of, part) => ({
    id: of.id,
    kind: of.kind,
    label: of.label,
    "vendor-label": part?.["vendor-label"],
    hint: part?.hint ? join("plan-then", part.hint, say(of.hint, scope)) : say(of.hint, scope),
    control: of.control && control(of.control, scope),
    "look-alikes": some((of["look-alikes"] ?? []).map((id) => control(id, scope))),
    parser: of.parser,
    "handed-over": !!part,
  });
  const collected = chosen.flatMap((recipe) => recipe.value ?? []);
  const ofAnother = (id) =>
    packed.recipes.some(
      ({ achieves, value }) =>
        achieves.startsWith("credential.") && guide.credential?.[achieves.slice(11)] && value?.some((one) => one.id === id),
    );
  const values = [];
  for (const part of way.mode === "remove" ? [] : (guide.value ?? [])) {
    const of = collected.find(({ id }) => id === part.id);
    if (of) values.push(value(of, part));
    else if (!ofAnother(part.id)) lost(part.id);
  }
  for (const of of collected) if (of.always && !values.some(({ id }) => id === of.id)) values.push(value(of));

  const before = (text) =>
    JSON.parse(JSON.stringify(text).replaceAll("{begun}", "YYYY-MM-DD hh:mm:ss").replaceAll("{subject}", "…"));
  const parts = repeats.flatMap(([recipe, own, suffix]) => {
    const isOwn = ({ id }) => id.startsWith(`${recipe.id}.`) && id.endsWith(suffix);
    const part = {
      id: recipe.id + suffix,
      achieves: recipe.achieves,
      steps: steps.filter(isOwn).map(({ id }) => id),
      changes: some((recipe.changes ?? []).map((text) => say(text, own))),
      undo: some((recipe.undo ?? []).map((text) => say(text, own))),
    };
    const isOne = part.changes || part.undo || part.achieves.startsWith("credential.");
    return part.steps.length && isOne ? [part] : [];
  });
  need("shell.account");

  const roles = [];
  for (const recipe of chosen)
    for (const { role, "needed-for": what, when } of recipe.role ?? []) {
      if (!scope.holds(when)) continue;
      const [name, why] = [scope.fill(role), say(what, scope)];
      const known = roles.find(({ role }) => role === name);
      if (!known) roles.push({ role: name, "needed-for": why });
      else if (!JSON.stringify(known["needed-for"]).includes(JSON.stringify(why).slice(1, -1)))
        known["needed-for"] = join("plan-list", known["needed-for"], why);
    }
  const all = (name) => chosen.flatMap((recipe) => (recipe[name] ?? []).map((text) => say(text, scope)));
  const prerequisites = chosen.flatMap((recipe) =>
    (recipe.prerequisite ?? [])
      .filter(({ when }) => scope.holds(when))
      .map(({ when, ...one }) => ({
        ...one,
        text: say(one.text, scope),
        how: say(one.how, scope),
        consequence: say(one.consequence, scope),
      })),
  );
  const sheet = {
    purpose: guide.purpose,
    changes: all("changes").map(before),
    permissions: permissions.map(({ key, api, name, kind, why, danger }) => ({
      resource: key,
      "resource-name": api.name,
      "resource-app-id": api["app-id"],
      name,
      id: "",
      kind,
      why,
      danger,
    })),
    leaves: values.filter((value) => value["handed-over"]).map(({ label }) => label),
    roles,
    prerequisites,
    undo: all("undo").map(before),
    corrections: [],
  };

  const tokens = [];
  const probes = new Set();
  for (const { key, api, name, kind } of guide.app ? permissions : []) {
    if (kind !== "application") continue;
    for (const probe of api.probes ?? []) probes.add(probe);
    const known = tokens.find(({ resource }) => resource === key);
    if (known) known.roles.push(name);
    else tokens.push({ resource: key, name: api.name, "app-id": api["app-id"], roles: [name] });
  }
  const mend = {};
  for (const { id, mends } of chosen)
    for (const [topic, step] of Object.entries(mends ?? {})) {
      const found = resolve(id, "", step);
      if (found) mend[topic] = found;
    }
  const requirements = {
    values: Object.fromEntries(values.filter((value) => value["handed-over"]).map(({ id, kind }) => [id, kind])),
    tokens,
    probes: [...probes].sort(),
    "not-checked": all("not-checked"),
    mend,
  };

  const [[kind, credential] = []] = Object.entries(scope.at("credential") ?? {});
  return {
    format: 1,
    guide: id,
    mode: way.mode,
    digest,
    title: guide.title,
    vendor: guide.vendor,
    app: guide.app && { name: guide.app.name },
    credential: kind && {
      kind,
      name: credential["own-description"] ?? credential.description ?? credential.name,
      days: credential.days,
    },
    sheet,
    steps,
    values,
    requirements,
    parts: some(parts),
    pages: [...used.values()]
      .map((page) => ({ ...page, controls: page.controls.sort((a, b) => (a.id < b.id ? -1 : 1)) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
};

// The ways to walk it; the usual one first.
const waysOf = (guide, id, recipes) => {
  const kinds = KINDS.filter((kind) => guide.credential?.[kind]);
  const renews = (kind) => recipes.some(({ achieves, modes }) => achieves === `credential.${kind}` && modes.includes("renew"));
  const orNone = kinds.length ? kinds : [undefined];
  const modes = { run: orNone, adopt: guide.app ? orNone : [], renew: kinds.filter(renews), remove: guide.app ? [undefined] : [] };
  const ways = Object.entries(modes).flatMap(([mode, list]) =>
    list.map((credential, n) => {
      const name = mode === "run" && n === 0 ? id : `${id}.${mode}${n > 0 ? `.${credential}` : ""}`;
      return { plan: name, mode, credential };
    }),
  );
  const linked = kinds.length ? ["run", "adopt"] : [];
  return ways.concat(linked.map((mode) => ({ plan: `${id}.${mode}.link`, mode, credential: "federated", linked: true })));
};

// Puts the vendor's domain before its own sentences, so that nobody takes them for Handrail's.
const mark = (guide, domain) => {
  const said = (part, name) => {
    if (part?.[name] !== undefined) part[name] = `${domain}: “${part[name]}”`;
  };
  said(guide, "purpose");
  guide.permission?.forEach((part) => said(part, "why"));
  Object.values(guide.setting ?? {}).forEach((part) => said(part, "why"));
  guide.value?.forEach((part) => said(part, "hint"));
  said(guide.credential?.certificate, "from");
};

const sorted = (value) =>
  JSON.stringify(value, (_, node) => (isObject(node) ? Object.fromEntries(Object.entries(node).sort()) : node));

// Every plan of a guide as it came with a link, by name, and its line for the list. `pages` are those of the plans. Throws
// where it says anything that such a guide may not say.
export const own = (packed, pages, { text, id, digest, domain }) => {
  const { format, guide, check, ...more } = JSON.parse(text);
  if (format !== 1 || Object.keys(more).length > 0 || !fits(guide, packed.shape, domain)) lost("shape");
  mark(guide, domain);
  const ways = waysOf(guide, id, packed.recipes);
  const plans = Object.fromEntries(ways.map((way) => [way.plan, compile(packed, pages, guide, way, { id, digest })]));
  const { requirements } = plans[id];
  for (const name of ["values", "tokens", "probes"])
    if (sorted(requirements[name]) !== sorted(check?.[name])) lost("check");
  const line = {
    id,
    title: guide.title,
    vendor: guide.vendor.name,
    ways: ways.map((way) => {
      const { steps } = plans[way.plan];
      return { ...way, steps: steps.length, checks: steps.some(({ action }) => action === "check") };
    }),
  };
  return { plans, line };
};
