// Runs in a frame of the practice portal: asks the location engine for every probe, and the portal for what it is.
(probes) => {
  const shown = (e) => {
    const s = getComputedStyle(e);
    // What a modal dialog lies on is out of reach until it is closed.
    return e.getClientRects().length > 0 && s.visibility === "visible" && !e.closest("[aria-hidden=true],[inert]");
  };
  const engine = (globalThis.__engine ??= new Probe(document));
  const by = new Map(probes.map((p) => [p[0], p]));
  const seen = new Map();
  const see = (id, depth) => {
    if (seen.has(id)) return seen.get(id);
    const nothing = { status: 0, text: "", way: "", element: null };
    const probe = by.get(id);
    if (!probe || depth > 8) return nothing;
    let scope;
    if (probe[2] >= 0) {
      const outer = see(probe[2] & 0xffff, depth + 1);
      if (outer.status !== 1 && !(outer.status === 0 && probe[2] > 0xffff)) {
        seen.set(id, nothing);
        return nothing;
      }
      scope = outer.element ?? undefined;
    }
    let result = nothing;
    for (const [n, way] of probe[3].entries()) {
      engine.ask(way[0], way[1], way[2], way[3], way.slice(4));
      const found = engine.one(scope);
      if (typeof found !== "number") {
        result = { status: 1, text: probe[1] === "nothing" ? "" : engine.read(found, probe[1]), way: String(n), element: found };
        break;
      }
      // As the agent has it: what a better way says is not overruled by a worse one.
      if (found !== 0) {
        result = { ...nothing, status: found > 0 ? 2 : 3 };
        break;
      }
    }
    seen.set(id, result);
    return result;
  };
  // The portal's own name of an element: its own, that of what it is part of, or that of the only thing in it.
  const named = (element) => {
    for (let e = element; e; e = e.parentElement ?? e.getRootNode().host) {
      const name = e.__truth ?? (e.localName === "label" && e.control?.__truth);
      if (name) return name;
    }
    const inside = [...element.querySelectorAll("*")].filter((e) => e.__truth);
    return inside.length === 1 ? inside[0].__truth : null;
  };
  const rows = probes.map((p) => {
    const { status, text, way, element } = see(p[0], 0);
    return [p[0], status, text, way, element ? named(element) : null, element ? element.outerHTML.slice(0, 160) : ""];
  });
  const truths = new Set();
  const folded = new Set();
  for (const e of document.querySelectorAll("*")) {
    if (e.__truth && shown(e)) truths.add(e.__truth);
    if (e.__folds && shown(e)) e.__folds.forEach((truth) => folded.add(truth));
  }
  return { rows, truths: [...truths], folded: [...folded] };
}
