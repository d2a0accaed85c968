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
const fresh = (role, name) => {
  const probe = new Probe(document);
  probe.ask("role", "exact", role, "", [name]);
  return probe;
};

// How each engine answers, as the number of elements found.
globalThis.benchEngines = {
  flush: () => () => (getComputedStyle(document.body).color, getComputedStyle(document.getElementById("far")).color, 1),
  playwright: (role, name) => {
    const selector = PW.parseSelector(`internal:role=${role}[name=${JSON.stringify(name)}s]`);
    return () => PW.querySelectorAll(selector, document).length;
  },
  "testing-library": (role, name) => () => TestingLibraryDom.queryAllByRole(document.body, role, { name, exact: true }).length,
  cold: (role, name) => () => {
    const probe = fresh(role, name);
    const found = probe.all(undefined, false).length;
    leftovers.push(probe);
    return found;
  },
  warm: (role, name) => {
    const probe = fresh(role, name);
    probe.all(undefined, false);
    leftovers.push(probe);
    return () => probe.all(undefined, false).length;
  },
  "warm, one visible": (role, name) => {
    const probe = fresh(role, name);
    probe.all(undefined, false);
    leftovers.push(probe);
    return () => (probe.one() instanceof Element ? 1 : 0);
  },
};
const leftovers = [];

// Median of `samples` samples, each the mean over `calls` calls, with a change before every call.
globalThis.benchTime = (engine, change, role, name, samples, calls) => {
  const ask = benchEngines[engine](role, name);
  const times = [];
  let found = 0;
  for (let s = 0; s < samples; s++) {
    let spent = 0;
    if (calls === 1) {
      benchChange[change]();
      const start = now();
      found = ask();
      spent = now() - start;
    } else {
      const start = now();
      for (let c = 0; c < calls; c++) {
        benchChange[change]();
        found = ask();
      }
      spent = now() - start;
    }
    times.push(spent / calls);
    for (const probe of leftovers.splice(engine.startsWith("warm") ? Infinity : 0)) probe.free();
  }
  for (const probe of leftovers.splice(0)) probe.free();
  return [median(times), found];
};

globalThis.benchWarmUp = () => {
  benchPage(60, true);
  for (const engine of ["playwright", "testing-library", "cold", "warm"]) {
    for (const kind of ["button", "text box", "row"]) {
      const [role, name] = benchKinds[kind];
      benchTime(engine, "attribute", role, name(9), 3, 4);
    }
  }
  return 0;
};
0;
