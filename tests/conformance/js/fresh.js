// Whether an engine that stays with its page answers as one made a moment ago: by hand, one change after another, and by
// chance, with thousands of changes from a seed.

const $ = (id) => document.getElementById(id);
const page = (html) => {
  document.adoptedStyleSheets = [];
  document.body.innerHTML = html;
};
const sheet = (css) => {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
};
const shadow = (host, html) => {
  host.attachShadow({ mode: "open" }).innerHTML = html;
  return host.shadowRoot;
};
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// Longest time in which the engine looks again for what no event tells of.
const UNTOLD = 60;

const asker = (role, name) => {
  const probe = new Probe(document);
  probe.ask("role", "exact", role, "", [name]);
  return probe;
};
const names = (list) => list.map((el) => el.dataset.q ?? el.outerHTML.slice(0, 60)).join();

// [name, page, role, name asked for, before, change, after]; answers are `data-q`s.
const CHANGES = [
  ["late shadow root", `<div id="h"></div>`, "button", "Save", "", () => shadow($("h"), `<button data-q="1">Save</button>`), "1"],
  ["shadow root in a shadow root", `<div id="h"></div>`, "link", "More", "", () => shadow(shadow($("h"), `<p></p>`).firstChild, `<a href="#" data-q="1">More</a>`), "1"],
  ["change inside a shadow root", `<div id="h"></div><script>h.attachShadow({mode: "open"})</script>`, "button", "Save", "", () => ($("h").shadowRoot ?? shadow($("h"), "")).append(Object.assign(document.createElement("button"), { textContent: "Save" })), `<button>Save</button>`],
  ["sheet adopted", `<button data-q="1" class="b">x</button>`, "button", "New x", "", () => (document.adoptedStyleSheets = [sheet(`.b::before{content:"New "}`)]), "1"],
  ["adopted sheet replaced by another", `<button data-q="1" class="b">x</button>`, "button", "Old x", "", () => { document.adoptedStyleSheets = [sheet(`.b::before{content:"New "}`)]; document.adoptedStyleSheets = [sheet(`.b::before{content:"Old "}`)]; }, "1"],
  ["adopted sheet given new rules", `<button data-q="1" class="b">x</button>`, "button", "now x then", "", () => { const s = sheet(`.b{color:red}`); document.adoptedStyleSheets = [s]; s.replaceSync(`.b::before{content:"now "}.b::after{content:" then"}`); }, "1"],
  ["sheet adopted that adds to a name", `<button data-q="1" class="b">x</button>`, "button", "x", "1", () => (document.adoptedStyleSheets = [sheet(`.b::after{content:" then"}`)]), ""],
  ["sheet that adds to a name taken away", `<style id="s">.b::after{content:" then"}</style><button data-q="1" class="b">x</button>`, "button", "x", "", () => $("s").remove(), "1"],
  ["rule whose selector has the word escaped", `<button data-q="1" class="md:before:x">x</button>`, "button", "New x", "", () => (document.adoptedStyleSheets = [sheet(String.raw`.md\:before\:x::before{content:"New "}`)]), "1"],
  ["rule whose selector is no element's", `<button data-q="1" class="b">x</button>`, "button", "New x", "", () => (document.adoptedStyleSheets = [sheet(`@page :first{content:"y"}.b::before{content:"New "}`)]), "1"],
  ["rules too many to be looked through", `<button data-q="1" class="g500">x</button>`, "button", "New x", "", () => (document.adoptedStyleSheets = [sheet(Array.from({ length: 999 }, (_, n) => `.g${n}::before{content:"New "}`).join(""))]), "1"],
  ["nested rule that adds to a name", `<p class="a"><button data-q="1" class="b">x</button></p>`, "button", "x", "1", () => (document.adoptedStyleSheets = [sheet(`.a{.b::after{content:" then"}}`)]), ""],
  ["the browser's own quotation marks taken away", `<button data-q="1" id="b">x <q>y</q></button>`, "button", "x y", "", () => ($("b").innerHTML = "x <i>y</i>"), "1"],
  ["name all generated", `<button data-q="1" class="b"></button>`, "button", "All", "", () => (document.adoptedStyleSheets = [sheet(`.b::before{content:"All"}`)]), "1"],
  ["class that hides", `<style>.off{display:none}</style><div id="d"><button data-q="1">Save</button></div>`, "button", "Save", "1", () => ($("d").className = "off"), ""],
  ["class that shows", `<style>.off{display:none}</style><div id="d" class="off"><button data-q="1">Save</button></div>`, "button", "Save", "", () => ($("d").className = ""), "1"],
  ["hidden on an ancestor", `<div id="d"><p><button data-q="1">Save</button></p></div>`, "button", "Save", "1", () => ($("d").hidden = true), ""],
  ["aria-hidden taken away", `<div id="d" aria-hidden="true"><button data-q="1">Save</button></div>`, "button", "Save", "", () => $("d").removeAttribute("aria-hidden"), "1"],
  ["details opened", `<details id="d"><summary>x</summary><button data-q="1">Save</button></details>`, "button", "Save", "", () => ($("d").open = true), "1"],
  ["details closed", `<details id="d" open><summary>x</summary><button data-q="1">Save</button></details>`, "button", "Save", "1", () => ($("d").open = false), ""],
  ["text changed", `<button data-q="1" id="b">Save</button>`, "button", "Store", "", () => ($("b").firstChild.data = "Store"), "1"],
  ["text changed away", `<button data-q="1" id="b">Save</button>`, "button", "Save", "1", () => ($("b").firstChild.data = "Store"), ""],
  ["text split", `<button data-q="1" id="b">Save all</button>`, "button", "Save all", "1", () => $("b").firstChild.splitText(2), "1"],
  ["label far away changed", `<label for="i" id="l">Name</label><div><input data-q="1" id="i"></div>`, "textbox", "Title", "", () => ($("l").textContent = "Title"), "1"],
  ["label turned to another control", `<label for="i" id="l">Name</label><input data-q="1" id="i"><input data-q="2" id="j">`, "textbox", "Name", "1", () => ($("l").htmlFor = "j"), "2"],
  ["id given to a control", `<label for="i">Name</label><input data-q="1" class="c">`, "textbox", "Name", "", () => (document.querySelector(".c").id = "i"), "1"],
  ["text in a referred element", `<p id="p">a</p><button data-q="1" aria-labelledby="p">x</button>`, "button", "b", "", () => ($("p").textContent = "b"), "1"],
  ["attribute of a referred element", `<p id="p">a</p><button data-q="1" aria-labelledby="p">x</button>`, "button", "b", "", () => $("p").setAttribute("aria-label", "b"), "1"],
  ["reference turned", `<p id="p">a</p><p id="q">b</p><button data-q="1" id="t" aria-labelledby="p">x</button>`, "button", "b", "", () => $("t").setAttribute("aria-labelledby", "q"), "1"],
  ["reference by property", `<p id="p">a</p><button data-q="1" id="t">x</button>`, "button", "a", "", () => ($("t").ariaLabelledByElements = [$("p")]), "1"],
  ["id taken by another", `<p id="p">a</p><p class="n">b</p><button data-q="1" aria-labelledby="p">x</button>`, "button", "b", "", () => { $("p").id = ""; document.querySelector(".n").id = "p"; }, "1"],
  ["owned by another", `<button data-q="1" id="b" aria-owns="s">a</button><button data-q="2" id="c">a</button><span id="s">z</span>`, "button", "a z", "1", () => { $("b").removeAttribute("aria-owns"); $("c").setAttribute("aria-owns", "s"); }, "2"],
  ["moved out of a shadow root", `<div id="h"></div><p id="p"></p>`, "button", "Save", "", () => { const r = shadow($("h"), `<button data-q="1">Save</button>`); $("p").append(r.firstChild); }, "1"],
  ["slotted elsewhere", `<div id="h"><b id="s" slot="one">Save</b></div>`, "button", "Save", "", () => { shadow($("h"), `<button data-q="1"><slot name="one"></slot></button><button data-q="2"><slot name="two"></slot></button>`); $("s").slot = "two"; }, "2"],
  ["slot that comes later", `<div id="h"><b>Save</b></div>`, "button", "Save", "", () => { const r = shadow($("h"), `<button data-q="1"></button>`); r.firstChild.append(document.createElement("slot")); }, "1"],
  ["role given", `<div data-q="1" id="d">Save</div>`, "button", "Save", "", () => $("d").setAttribute("role", "button"), "1"],
  ["role of the container", `<ul id="u"><li data-q="1" role="option">Save</li></ul>`, "option", "Save", "1", () => $("u").setAttribute("role", "listbox"), "1"],
  ["typed", `<h2 data-q="1"><input id="i" aria-label="n"></h2>`, "heading", "words", "", () => { $("i").value = "words"; $("i").dispatchEvent(new Event("input", { bubbles: true, composed: true })); }, "1"],
  ["type changed", `<input data-q="1" id="i">`, "button", "Submit", "", () => ($("i").type = "submit"), "1"],
  ["placeholder", `<input data-q="1" id="i">`, "textbox", "Hint", "", () => ($("i").placeholder = "Hint"), "1"],
  ["alt inside", `<button data-q="1"><img id="i" alt="a"></button>`, "button", "b", "", () => ($("i").alt = "b"), "1"],
  ["title", `<button data-q="1" id="b"></button>`, "button", "Tip", "", () => ($("b").title = "Tip"), "1"],
  ["spaces that do not break", `<button data-q="1" id="b">x</button>`, "button", "a\u00a0b", "", () => ($("b").textContent = "\u00a0a\u00a0b\u00a0"), "1"],
  ["all taken out and put back", `<div id="d"><button data-q="1">Save</button></div>`, "button", "Save", "1", () => { const d = $("d"); d.remove(); document.body.append(d); }, "1"],
  ["taken out", `<div id="d"><button data-q="1">Save</button></div>`, "button", "Save", "1", () => $("d").remove(), ""],
  ["written anew", `<div id="d"><button data-q="1">Save</button></div>`, "button", "Save", "1", () => ($("d").innerHTML = `<button data-q="2">Save</button>`), "2"],
];

globalThis.freshByHand = async () => {
  const wrong = [];
  for (const [what, html, role, name, before, change, after] of CHANGES) {
    page(html);
    const resident = asker(role, name);
    resident.all(undefined, false);
    const first = names(resident.all(undefined, false));
    change();
    await pause(UNTOLD);
    const then = names(resident.all(undefined, false));
    if (first !== before || then !== after) wrong.push(`${what}: "${first}", then "${then}"; expected "${before}", then "${after}"`);
    resident.free();
  }
  return [CHANGES.length, wrong];
};

// Numbers by chance, the same for the same seed.
const dice = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const WORDS = ["Save", "all", "Edit", "item", "7", "Name"];
const ROLES = ["button", "link", "textbox", "checkbox", "heading", "option", "menuitem", "row", "cell", "img", "combobox"];
const SHEETS = [
  `.off{display:none}.veil{visibility:hidden}.bare{display:contents}`,
  `.off{display:none}.veil{visibility:hidden}.star::before{content:"New "}`,
  `.off{display:none}.star::before{content:"New "}.star::after{content:" now"}`,
];

globalThis.freshByChance = async (seed, steps) => {
  const roll = dice(seed);
  const upTo = (n) => Math.floor(roll() * n);
  const one = (list) => list[upTo(list.length)];
  const words = () => Array.from({ length: 1 + upTo(3) }, () => one(WORDS)).join(one([" ", " ", "\n  "]));
  let ids = 0;
  const parts = {
    text: () => words(),
    button: () => `<button>${words()}</button>`,
    split: () => `<button><span>${words()}</span> <b>${words()}</b></button>`,
    link: () => `<a href="#">${words()}</a>`,
    labelled: () => `<label for="i${++ids}">${words()}</label><input id="i${ids}">`,
    both: () => `<label for="i${++ids}">${words()}</label><label for="i${ids}"> ${words()}</label><input id="i${ids}">`,
    around: () => `<label><input type="checkbox"> ${words()}</label>`,
    heading: () => `<h2>${words()} <input value="${words()}" aria-label="x"></h2>`,
    list: () => `<div role="listbox"><div role="option">${words()}</div></div>`,
    menu: () => `<div role="menu"><div role="menuitem">${words()}</div></div>`,
    table: () => `<table><tbody><tr><td>${words()}</td><td>${words()}</td></tr></tbody></table>`,
    image: () => `<button><img alt="${words()}"></button>`,
    select: () => `<select aria-label="${words()}"><option>${words()}</option><option>${words()}</option></select>`,
    refers: () => `<p id="r${++ids}">${words()}</p><button aria-labelledby="r${ids}">x</button>`,
    owns: () => `<button aria-owns="o${++ids}">${words()}</button><span id="o${ids}">${words()}</span>`,
    details: () => `<details><summary>${words()}</summary><button>${words()}</button></details>`,
    box: () => `<div><div>${words()}</div><button>${words()}</button></div>`,
    indented: () => `<div>\n    <button>\n      ${words()}\n    </button>\n  </div>`,
    wide: () => `<a href="#">\u3000${words()}\v</a><label>\ue001\u200b ${words()}\u3000<input></label>`,
    odd: () => `<button>\u200b\u00a0 ${words().replace("a", "\u00ada")}<i>\ue001</i> ${words()}\u00a0 \u00ad</button>`,
  };
  const part = () => one(Object.values(parts))();
  const roots = () => {
    const found = [document];
    for (const root of found) for (const el of root.querySelectorAll("*")) if (el.shadowRoot) found.push(el.shadowRoot);
    return found;
  };
  const every = () => roots().flatMap((root) => [...(root.body ?? root).querySelectorAll("*")]);
  const within = () => one(every().filter((el) => !el.matches("style,input,img,option,select,table,tbody,tr"))) ?? document.body;
  let untold = false;
  const changes = {
    add: () => within().insertAdjacentHTML(one(["beforeend", "afterbegin"]), part()),
    remove: () => every().length > 40 && one(every()).remove(),
    text: () => {
      const texts = every().flatMap((el) => [...el.childNodes].filter((n) => n.nodeType === 3));
      if (texts.length) one(texts).data = words();
    },
    class: () => within().classList.toggle(one(["off", "veil", "star", "bare"])),
    attribute: () => within().setAttribute(one(["aria-label", "title"]), words()),
    noAttribute: () => within().removeAttribute(one(["aria-label", "title", "aria-labelledby", "aria-owns"])),
    hidden: () => within().toggleAttribute("hidden"),
    ariaHidden: () => within().setAttribute("aria-hidden", one(["true", "false"])),
    open: () => one([...document.querySelectorAll("details"), document.body]).toggleAttribute("open"),
    move: () => {
      const [what, to] = [one(every()), within()];
      if (what && !what.contains(to) && !what.shadowRoot) to.append(what);
    },
    refer: () => {
      const [from, to] = [one(every().filter((el) => el.localName === "button")), one(every())];
      if (from && to) from.setAttribute(one(["aria-labelledby", "aria-owns"]), (to.id ||= `x${++ids}`));
    },
    label: () => {
      const [label, to] = [one(every().filter((el) => el.htmlFor)), one(every().filter((el) => el.localName === "input"))];
      if (label && to) label.htmlFor = to.id ||= `x${++ids}`;
    },
    value: () => {
      const input = one(every().filter((el) => el.type === "text"));
      if (!input) return;
      input.value = words();
      input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    },
    shadow: () => {
      const host = one(every().filter((el) => el.localName === "div" && !el.shadowRoot && !el.role));
      if (!host || roots().length > 6) return;
      shadow(host, `${part()}<slot></slot>${part()}`);
      untold = true;
    },
    sheet: () => {
      document.adoptedStyleSheets = [sheet(one(SHEETS))];
      untold = true;
    },
  };
  page(Array.from({ length: 8 }, part).join(""));
  const resident = new Probe(document);
  const wrong = [];
  let asked = 0;
  for (let step = 0; step < steps && wrong.length < 5; step++) {
    const done = [];
    for (let n = 1 + upTo(3); n > 0; n--) {
      const what = one(Object.keys(changes));
      done.push(what);
      changes[what]();
    }
    if (untold) await pause(UNTOLD);
    untold = false;
    // What is right: every element's own role and name.
    const fresh = new Probe(document);
    const right = new Map();
    for (const el of every()) {
      const role = fresh.role(el);
      const name = ROLES.includes(role) ? fresh.name(el) : "";
      if (name) right.set(`${role}|${name}`, (right.get(`${role}|${name}`) ?? []).concat(el));
    }
    right.set("button|No such name", []);
    for (const [key, elements] of right) {
      const [role, name] = key.split("|");
      const glance = asker(role, name);
      resident.ask("role", "exact", role, "", [name]);
      for (const [who, probe] of [["resident", resident], ["fresh", glance]]) {
        const found = probe.all(undefined, false);
        asked++;
        if (found.length !== elements.length || !elements.every((el) => found.includes(el))) {
          wrong.push(`seed ${seed}, step ${step} (${done}): ${who} finds ${found.length} of ${elements.length} for ${key}: ${names(elements)} / ${names(found)}`);
        }
      }
      glance.free();
    }
    fresh.free();
  }
  resident.free();
  return [asked, wrong];
};
0;
