// The benchmark's page and stop-watch. Every engine runs here, in the page's own world, against the same elements.
//
// A row has fifteen elements: the row, four cells, a link, a check box in its label, a text box with its label, two
// buttons (one with its words in two elements), a menu item and an option. Every fourth row can sit in an open
// shadow root.

globalThis.benchPage = (rows, shadows) => {
  const row = (n) =>
    `<div role="row"><div role="cell"><a href="#${n}">Open item ${n}</a></div>` +
    `<div role="cell"><label><input type="checkbox"> Select item ${n}</label></div>` +
    `<div role="cell"><label for="t${n}">Note for item ${n}</label><input id="t${n}" type="text"></div>` +
    `<div role="cell"><button><span>Edit</span> item ${n}</button><button>Delete item ${n}</button>` +
    `<div role="menuitem">Move item ${n}</div><div role="option">Choice ${n}</div></div></div>`;
  document.body.innerHTML = '<h1>Items</h1><div id="grid" role="table"></div><div id="far"><p>Footer</p></div>';
  const grid = document.getElementById("grid");
  if (!shadows) {
    grid.innerHTML = Array.from({ length: rows }, (_, n) => row(n)).join("");
  } else {
    for (let n = 0; n < rows; n++) {
      if (n % 4) {
        grid.insertAdjacentHTML("beforeend", row(n));
      } else {
        const host = document.createElement("div");
        host.attachShadow({ mode: "open" }).innerHTML = row(n);
        grid.append(host);
      }
    }
  }
  let all = document.querySelectorAll("*").length;
  for (const el of grid.children) if (el.shadowRoot) all += el.shadowRoot.querySelectorAll("*").length;
  return all;
};

// What is looked for, in row n.
globalThis.benchKinds = {
  button: ["button", (n) => `Edit item ${n}`],
  link: ["link", (n) => `Open item ${n}`],
  "text box": ["textbox", (n) => `Note for item ${n}`],
  "check box": ["checkbox", (n) => `Select item ${n}`],
  option: ["option", (n) => `Choice ${n}`],
  "menu item": ["menuitem", (n) => `Move item ${n}`],
  row: ["row", (n) => `Open item ${n} Select item ${n} Note for item ${n} Edit item ${n} Delete item ${n} Move item ${n} Choice ${n}`],
  cell: ["cell", (n) => `Open item ${n}`],
};

let changes = 0;
globalThis.benchChange = {
  attribute: () => document.body.setAttribute("data-bench", String(changes++)),
  insertion: () => {
    const p = document.createElement("p");
    p.textContent = `Inserted ${changes++}`;
    document.getElementById("far").append(p);
  },
};

const now = () => performance.now();
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
const fresh = (Build, role, name) => {
  const probe = new Build(document);
  probe.ask("role", "exact", role, "", [name]);
  return probe;
};
const NONE = "No such name";

// From nothing to the answer, and the engine is thrown away.
const cold = (Build) => (role, name) => () => {
  const probe = fresh(Build, role, name);
  const found = probe.all(undefined, false).length;
  thrown.push(probe);
  return found;
};
// An engine that has been asked before: its first answer is a glance, its second makes the index.
const warm = (Build, pick) => (role, name) => {
  const probe = fresh(Build, role, name);
  probe.all(undefined, false);
  probe.all(undefined, false);
  kept.push(probe);
  return () => pick(probe);
};
const all = (probe) => probe.all(undefined, false).length;
const [thrown, kept] = [[], []];

// How each engine answers, as the number of elements found. Several calls make one sample where one call is shorter than
// the clock's steps, a tenth of a millisecond.
const MANY = 64;
globalThis.benchEngines = {
  flush: [MANY, () => () => (getComputedStyle(document.body).color, getComputedStyle(document.getElementById("far")).color, 1)],
  playwright: [1, (role, name) => {
    const selector = PW.parseSelector(`internal:role=${role}[name=${JSON.stringify(name)}s]`);
    return () => PW.querySelectorAll(selector, document).length;
  }],
  "testing-library": [1, (role, name) => () => TestingLibraryDom.queryAllByRole(document.body, role, { name, exact: true }).length],
  cold: [1, (...what) => cold(Probe)(...what)],
  "cold, lowered": [1, (...what) => cold(LoweredProbe)(...what)],
  warm: [MANY, (...what) => warm(Probe, all)(...what)],
  "warm, lowered": [MANY, (...what) => warm(LoweredProbe, all)(...what)],
  "one visible": [MANY, (...what) => warm(Probe, (probe) => (probe.one() instanceof Element ? 1 : 0))(...what)],
  miss: [MANY, (role) => warm(Probe, (probe) => 1 - all(probe))(role, NONE)],
  "miss, lowered": [MANY, (role) => warm(LoweredProbe, (probe) => 1 - all(probe))(role, NONE)],
  index: [1, (role, name) => () => {
    const probe = fresh(Probe, role, name);
    probe.work(Infinity);
    thrown.push(probe);
    return 1;
  }],
};

// Medians by engine, all engines taking turns, with a change before every call. The peers may be given fewer samples.
globalThis.benchTurns = (engines, change, role, name, samples, peers) => {
  const asks = engines.map((engine) => [engine, benchEngines[engine][0], benchEngines[engine][1](role, name), []]);
  for (let turn = 0; turn < samples; turn++) {
    for (const [engine, calls, ask, times] of asks) {
      if (turn >= peers && (engine === "playwright" || engine === "testing-library")) continue;
      let found = 0;
      if (calls === 1) benchChange[change]();
      const start = now();
      if (calls === 1) found = ask();
      else {
        for (let call = 0; call < calls; call++) {
          benchChange[change]();
          found = ask();
        }
      }
      times.push((now() - start) / calls);
      if (found !== 1) return `${engine} found ${found} of 1`;
      for (const probe of thrown.splice(0)) probe.free();
    }
  }
  for (const probe of kept.splice(0)) probe.free();
  return Object.fromEntries(asks.map(([engine, , , times]) => [engine, median(times)]));
};

globalThis.benchWarmUp = () => {
  benchPage(60, true);
  const engines = Object.keys(benchEngines).filter((engine) => engine !== "testing-library");
  for (const kind of ["button", "text box", "row"]) benchTurns(engines, "attribute", benchKinds[kind][0], benchKinds[kind][1](9), 3, 3);
  return 0;
};
0;
