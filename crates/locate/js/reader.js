// What the engine reads of a page in bulk: which text stands where. One call from Rust walks thousands of nodes here; asked
// node by node across the boundary, the same takes ten times as long, lowered to JavaScript even more.
//
// It holds the raw texts a name can be made of: text nodes, a few attributes, what is typed. No style can change those, so
// nothing is missed when a style sheet changes; what is visible is asked live. What leaves the document stays here until
// the next reading; whoever asks gets connected nodes only, and checks them. Roles and names are none of its business.

// Those of `ATTRIBUTES` that any element may have.
const GLOBAL = ["aria-label", "aria-labelledby", "aria-owns", "aria-valuenow", "title"];
const WITH_GLOBAL = GLOBAL.map((name) => `[${name === "title" ? "*|title" : name}]`).join();
// Those of one kind of element; an input and a text area have more.
const OWN = { label: "for", img: "alt", area: "alt", option: "label", optgroup: "label", table: "summary", meter: "value", progress: "value" };
const OWNERS = [...Object.keys(OWN), "input", "textarea"];
// What can have labels.
const LABELLED = /^(button|input|meter|output|progress|select|textarea)$|-/;
// What a button of this type says by itself.
const SAID = { submit: "Submit", image: "Submit", reset: "Reset", file: "Choose File" };
// All a name or a locator can come from.
const ATTRIBUTES = [...GLOBAL, ...Object.values(OWN), "aria-valuetext", "placeholder", "aria-placeholder", "type"];
// Those that come with another one, or are looked for as another.
const RARE = ["aria-valuetext", "xlink:title"];
const TYPED = ["placeholder", "aria-placeholder"];

// Records put aside beyond this number cost more to read one by one than the page costs to read again.
const MAX_RECORDS = 20000;
// So many nodes with a beginning or an end of a text are followed up also where fewer would do, and so many elements are taken
// on trust before an index is made.
const FEW = 16;
// What has texts that are no text nodes, or texts elsewhere.
const SPEAKING = `${WITH_GLOBAL},slot,${OWNERS.slice(1)},select,:is(button,output)[id]`;
// Nodes read between two looks at the clock.
const BETWEEN_LOOKS = 256;
// Times a reading may begin again because the page took away the node it had come to; then it is finished at once.
const MAX_RESTARTS = 3;
// Looking for what no event tells of, late shadow roots and other style sheets, may take one part in so many of the time,
// and so many elements at once; but it is never left off for longer than so many milliseconds.
const SWEEP_SHARE = 32;
const SWEEP_MOST = 100000;
const SWEEP_REST = 40;

// A form hides its own properties behind controls of the same name.
const { closest, getAttribute, hasAttributes, matches, querySelector } = Element.prototype;
const { getRootNode } = Node.prototype;
const getter = (of, name) => Object.getOwnPropertyDescriptor(of.prototype, name).get;
const [parentOf, kindOf, textOf] = ["parentNode", "nodeType", "textContent"].map((name) => getter(Node, name));
const [innerOf, shadowOf] = ["firstElementChild", "shadowRoot"].map((name) => getter(Element, name));
const now = () => performance.now();
// Lists of the browser are slow to iterate and fast to index.
const each = (list, act) => {
  for (let at = 0, end = list.length; at < end; at++) act(list[at]);
};

// A text as it is looked up: white space in one and none at its ends, without what nobody reads or types. Of what is at the
// ends some is part of a name; but names lose it in one way and keep it in another, so the looking up goes without.
const isOdd = (text) => {
  let last = 0;
  for (let at = 0, end = text.length; at < end; at++) {
    const c = text.charCodeAt(at);
    if (c < 33 ? c < 32 || last === 32 : c === 0xa0 || c === 0xad || c === 0x200b || (c > 0xdfff && c < 0xf900)) return true;
    last = c;
  }
  return false;
};
const normal = (text) => {
  const inner = text.trim();
  return isOdd(inner)
    ? inner
        .replace(/[\xad\u200b\ue000-\uf8ff]+/g, "")
        .replace(/[ \t\n\f\r]+/g, " ")
        .trim()
    : inner;
};
// Whether its outermost characters tell a text from all the wanted ones: at the beginning or at the end, or at both of them.
const differs = (text, wanted, both) => {
  const inner = text.charCodeAt(0) > 32 && text.charCodeAt(text.length - 1) > 32 ? text : text.trim();
  const first = inner.charCodeAt(0);
  const last = inner.charCodeAt(inner.length - 1);
  if (first >= 0xa0 || last >= 0xa0) return false;
  for (const of of wanted) {
    const begins = of.charCodeAt(0) === first;
    const stops = of.charCodeAt(of.length - 1) === last;
    if (both ? begins || stops : begins && stops) return false;
  }
  return true;
};

// Without any white space: blocks put some into names.
const solid = (text) => text.replace(/[\s\xad\u200b\ue000-\uf8ff]+/g, "");
// How long it is then.
const weight = (text) => {
  let all = 0;
  for (let at = 0, end = text.length; at < end; at++) {
    const c = text.charCodeAt(at);
    if (c < 32 || c > 126) return solid(text).length;
    if (c > 32) all++;
  }
  return all;
};

// How long to leave off what took so long, in milliseconds.
const rest = (cost) => Math.min(SWEEP_SHARE * Math.max(cost, 0.1), SWEEP_REST);

// Several nodes under one key; a list is made for the second.
const put = (map, key, node) => {
  const old = map.get(key);
  if (!old) map.set(key, node);
  else if (Array.isArray(old)) old.at(-1) === node || old.push(node);
  else if (old !== node) map.set(key, [old, node]);
};
const take = (found, to) => {
  if (Array.isArray(found)) each(found, (node) => node.isConnected && to.push(node));
  else if (found?.isConnected) to.push(found);
};
const count = (found) => (Array.isArray(found) ? found.length : found ? 1 : 0);
// Of the nodes at the beginning and those at the end, whether this side need not be followed: the other alone will do where
// it is all of the text (such nodes are on both sides), or where this one is common.
const isIdle = (side, [first, last], whole) =>
  side ? first === whole || (last > first && last > FEW) : first !== whole && (last === whole || (first >= last && first > FEW));
// Browsers are quickest at selectors of one tag or one attribute, and remember lists by tag.
const tagged = (root, one) =>
  (/^\w+$/.test(one) && root.getElementsByTagName?.(one)) || root.querySelectorAll(one);
const isGlobal = (el) => hasAttributes.call(el) && matches.call(el, WITH_GLOBAL);
const tokens = (text) => text.split(/[ \t\n\f\r]+/).filter(Boolean);

// Whether a part is in the text, or begins at its end.
const begins = (text, part) => {
  if (text.includes(part)) return true;
  for (let n = part.length - 1; n > 0; n--) if (text.endsWith(part.slice(0, n))) return true;
  return false;
};

// The parent element, or the host of the shadow root it is a child of.
const up = (node) => {
  const parent = parentOf.call(node);
  const kind = parent && kindOf.call(parent);
  return kind === 1 ? parent : kind === 11 ? parent.host : null;
};

// Whether an element is below the scope, through shadow roots.
const inside = (el, scope) => {
  for (let at = el; at && el !== scope; at = getRootNode.call(at).host) if (scope.contains(at)) return true;
  return false;
};

const NOTHING = /^(none|normal|""|)$/;
// What may have a text put to it without any sheet.
const SPOKEN = "q,[style*=content]";
// What no selector says by itself: where a nested rule is, a scope, a shadow tree.
const ELSEWHERE = /&|:scope|:host|::/;
// Beyond so many characters the selector of what a style may put a text to is slower than asking for the styles.
const MAX_SPOKEN = 999;
// Nothing where the browser refuses: rules of a sheet of another origin, a selector that is none.
const attempt = (act) => {
  try {
    return act();
  } catch {
    return null;
  }
};

// Words, a space after each, with their places.
export const places = (words) => new Map(words.split(" ").map((word, at) => [word, at]));

export class Reader {
  // The document, what tells of changes, and who is told.
  #document;
  #observer;
  #stop;
  #changed;
  #told;
  #records = [];
  // The document and every open shadow root; whether there is no index yet; what is looked for without one, and whether it was met.
  #roots;
  #known;
  #bare;
  #wanted;
  #solids;
  #said;
  // Normalised text → nodes; the lengths there are; id → who is labelled by it or owns it; id → labels for it.
  #texts;
  #lengths;
  #refers;
  #labels;
  // Beginnings and ends of what was asked for.
  #keys = new Map();
  // What is still to be read, how much was, and whether the clock is looked at meanwhile.
  #todo;
  #job;
  #size;
  #full;
  #pauses;
  // When shadow roots were last looked for, and how long it took; the same of style sheets; these, their texts, and their reading.
  #swept;
  #cost;
  #checked;
  #checking;
  #sheets;
  #contents;
  #rules;
  // A selector of what a style may put a text to.
  #spoken;

  constructor(document) {
    this.#document = document;
    this.#observer = new MutationObserver((records) => {
      this.#aside(records);
      if (this.#told) return;
      this.#told = true;
      this.#changed?.();
    });
    this.#stop = new AbortController();
    // Nothing else tells of what is typed.
    const typed = (event) => this.#roots && this.#own(event.composedPath()[0]);
    document.addEventListener("input", typed, { capture: true, passive: true, signal: this.#stop.signal });
  }

  // Called at the first change after a reading: in a storm, every batch would be told for nothing.
  tell(changed) {
    this.#changed = changed;
  }

  drop() {
    this.#observer.disconnect();
    this.#stop.abort();
  }

  #aside(records) {
    for (const record of this.#records.length < MAX_RECORDS ? records : []) this.#records.push(record);
  }

  // Brings everything up to date in about `budget` milliseconds; answers whether it is.
  work(budget) {
    const end = now() + budget;
    this.#told = false;
    this.#pauses = budget !== Infinity;
    this.#aside(this.#observer.takeRecords());
    if (!this.#roots || this.#bare || this.#size > this.#full * 3 + 50000 || this.#records.length >= MAX_RECORDS) this.#begin();
    // The latest change comes first: the order does not matter, only nodes that are still there do.
    for (let left = BETWEEN_LOOKS; this.#records.length; ) {
      this.#note(this.#records.pop());
      if (--left === 0) {
        if (this.#pauses && now() >= end) return false;
        left = BETWEEN_LOOKS;
      }
    }
    for (;;) {
      this.#job ||= this.#todo.length > 0 && this.#read(this.#todo.pop());
      if (!this.#job) break;
      if (this.#job.next().done) this.#job = null;
      else if (this.#pauses && now() >= end) return false;
    }
    if (!this.#full) {
      this.#full = this.#size;
      this.#swept = now();
    }
    if (!this.#pauses) return true;
    this.#restyle();
    while (this.#rules && now() < end) if (this.#rules.next().done) this.#rules = null;
    return !this.#rules;
  }

  // Everything at once, for a question that cannot wait; answers how many roots there are. The first question of all is
  // answered by a glance, for which the roots will do: an index is for those that follow.
  settle() {
    if (!this.#roots) {
      this.#bare = true;
      this.#clear();
      for (const root of this.#roots) this.#hosts(this.#walker(root, NodeFilter.SHOW_ELEMENT), Infinity);
      return this.#roots.length;
    }
    do this.work(Infinity);
    while (this.#sweep());
    return this.#roots.length;
  }

  #begin() {
    this.#bare = false;
    this.#clear();
  }

  #clear() {
    this.#records = [];
    this.#roots = [];
    this.#known = new WeakSet();
    this.#texts = new Map();
    this.#lengths = [];
    this.#refers = new Map();
    this.#labels = new Map();
    this.#todo = [];
    this.#job = null;
    this.#size = this.#full = this.#cost = 0;
    this.#swept = now();
    this.#sheets = [];
    this.#contents = new Set();
    this.#rules = null;
    this.#spoken = SPOKEN;
    this.#checked = -SWEEP_REST;
    this.#checking = 0;
    this.#root(this.#document);
  }

  #root(root) {
    if (!root || this.#known.has(root)) return;
    this.#known.add(root);
    this.#roots.push(root);
    if (this.#bare) return;
    this.#todo.push(root);
    this.#observer.observe(root, { subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES });
  }

  #walker(root, show) {
    return this.#document.createTreeWalker(root, show);
  }

  // Reads a subtree, with a pause whenever the clock may be looked at.
  *#read(root) {
    if (kindOf.call(root) === 1) this.#element(root);
    this.#attributes(root);
    yield;
    let restarts = 0;
    for (const [show, act] of [
      [NodeFilter.SHOW_ELEMENT, this.#hosts],
      [NodeFilter.SHOW_TEXT, this.#some],
    ]) {
      const nodes = this.#walker(root, show);
      while (act.call(this, nodes, this.#pauses && restarts < MAX_RESTARTS ? BETWEEN_LOOKS : Infinity)) {
        yield;
        if (!root.contains(nodes.currentNode)) {
          nodes.currentNode = root;
          restarts++;
        }
      }
    }
  }

  #attributes(root) {
    each(root.querySelectorAll(WITH_GLOBAL), (el) => this.#global(el));
    for (const tag of OWNERS) each(tagged(root, tag), (el) => this.#own(el));
  }

  // Looks at so many elements for shadow roots; answers whether there may be more.
  #hosts(nodes, most) {
    for (let node; most-- > 0; ) {
      if (!(node = nodes.nextNode())) return false;
      // A form has controls under any name it likes.
      if (node.shadowRoot) this.#root(shadowOf.call(node));
    }
    return true;
  }

  // Reads so many texts; answers whether there may be more.
  #some(nodes, most) {
    const [texts, lengths] = [this.#texts, this.#lengths];
    for (let node; most-- > 0; ) {
      if (!(node = nodes.nextNode())) return false;
      const key = normal(node.data);
      if (!key) continue;
      this.#size++;
      lengths[key.length] = 1;
      put(texts, key, node);
    }
    return true;
  }

  #element(el) {
    if (isGlobal(el)) this.#global(el);
    this.#own(el);
    this.#root(shadowOf.call(el));
  }

  #put(text, node) {
    const key = normal(text);
    if (!key) return;
    if (this.#wanted) return (this.#said ||= this.#wanted.includes(key));
    this.#size++;
    this.#lengths[key.length] = 1;
    put(this.#texts, key, node);
  }

  #text(node) {
    this.#put(node.data, node);
  }

  #global(el) {
    for (const name of GLOBAL) this.#attribute(el, name);
    for (const name of RARE) this.#attribute(el, name);
  }

  #attribute(el, name) {
    const value = getAttribute.call(el, name);
    if (!value && value !== "") return;
    const ids = name === "for" ? this.#labels : /^aria-(label.*by|owns)$/.test(name) && this.#refers;
    if (!ids) return this.#put(value, el);
    if (this.#wanted) return (this.#said ||= ids === this.#refers);
    // Empty where a property of the element says who it is.
    for (const id of tokens(value).concat(ids === this.#refers && !value.trim() ? "" : [])) put(ids, id, el);
  }

  // What only this kind of element has.
  #own(el) {
    const name = el.localName;
    if (OWN[name]) this.#attribute(el, OWN[name]);
    if (name === "input") {
      const { type } = el;
      if (type === "checkbox" || type === "radio" || type === "hidden") return;
      if (SAID[type]) this.#put(SAID[type], el);
      this.#attribute(el, "alt");
    } else if (name !== "textarea") return;
    this.#put(el.value, el);
    for (const name of TYPED) this.#attribute(el, name);
  }

  #note(record) {
    const { target, attributeName, addedNodes } = record;
    if (attributeName) {
      if (GLOBAL.concat(RARE).includes(attributeName)) this.#attribute(target, attributeName);
      else this.#own(target);
    } else if (kindOf.call(target) === 3) {
      this.#text(target);
    } else {
      for (const node of addedNodes) {
        if (!node.isConnected) continue;
        const kind = kindOf.call(node);
        if (kind === 3) this.#text(node);
        else if (kind === 1) this.#todo.push(node);
      }
    }
  }

  // Looks for shadow roots that came late: no event tells of one. Answers whether there is something new to read.
  #sweep() {
    const start = now();
    if (start - this.#swept < rest(this.#cost)) return false;
    for (const root of this.#roots) this.#hosts(this.#walker(root, NodeFilter.SHOW_ELEMENT), SWEEP_MOST);
    this.#swept = now();
    this.#cost = this.#swept - start;
    return this.#todo.length > 0;
  }

  // Nodes that hold a beginning of a text, and nodes that hold an end of it. At least one of either takes part in every name
  // that is this text.
  #ends(text) {
    if (this.#bare) this.work(Infinity);
    const sides = this.#spelled(text);
    const sums = [0, 0];
    const held = sides.map((keys, side) => {
      const found = [];
      for (let n = 0; n < keys.length; n++) {
        const some = this.#lengths[n + 1] && this.#texts.get(keys[n]);
        if (!some) continue;
        sums[side] += count(some);
        found.push(some);
      }
      return found;
    });
    const whole = count(this.#texts.get(sides[0].at(-1)));
    return held.map((found, side) => {
      if (isIdle(side, sums, whole)) return null;
      const nodes = [];
      for (const some of found) take(some, nodes);
      return nodes;
    });
  }

  // All beginnings of a text and all its ends, shortest first. The same few are asked for again and again.
  #spelled(text) {
    let sides = this.#keys.get(text);
    if (!sides) {
      const wanted = normal(text);
      const lengths = Array.from({ length: wanted.length }, (_, at) => at + 1);
      sides = [lengths.map((n) => wanted.slice(0, n)), lengths.map((n) => wanted.slice(-n))];
      if (this.#keys.size > FEW) this.#keys.clear();
      this.#keys.set(text, sides);
    }
    return sides;
  }

  // The fewer of them.
  parts(wanted) {
    const [first, last] = this.#ends(wanted);
    return first && (!last || first.length <= last.length) ? first : last;
  }

  // From these texts to every element that fits the selector and whose name they can be part of.
  reach(wanted, selector, scope) {
    const found = (this.#bare && this.#glance(wanted.map(normal), selector)) || this.#follow(wanted, selector);
    return scope ? [...found].filter((el) => inside(el, scope)) : [...found];
  }

  #follow(wanted, selector) {
    const found = new Set();
    for (const text of wanted) {
      const ends = this.#ends(text);
      const owned = [];
      take(this.#refers.get(""), owned);
      const [first, last] = ends.map((nodes) => nodes && this.#climb(nodes.concat(owned), selector));
      for (const el of first ?? last) if (!first || !last || last.has(el)) found.add(el);
    }
    return found;
  }

  // The same without an index, from the other side: what fits the selector is small, as a rule, and all its texts are in it. Nothing
  // where too much would have to be taken on trust.
  #glance(wanted, selector) {
    const found = new Set();
    const solids = (this.#solids = wanted.map(solid));
    let [labelled, tag, owner] = [];
    // A name can be less than all the texts, never more.
    const holds = (el) => {
      const text = textOf.call(el);
      if (!innerOf.call(el)) return !differs(text, solids) && wanted.includes(normal(text));
      const size = weight(text);
      const fits = (of) =>
        size > of.length ? this.#touched(el) > 2 : size === of.length && !differs(text, solids) && solid(text) === of;
      return solids.some(fits) || querySelector.call(el, SPEAKING);
    };
    const look = (one, act) => {
      for (const root of this.#roots) {
        const list = tagged(root, one);
        for (let at = 0, el; found.size <= FEW && (el = list[at]); at++) act(el);
      }
    };
    this.#wanted = wanted;
    for (const one of selector.split(", ")) {
      look(one, (el) => {
        const name = el.localName;
        if (name !== tag) {
          tag = name;
          owner = OWNERS.includes(name);
          labelled ||= LABELLED.test(name);
        }
        this.#said = name === "slot";
        if (owner) this.#own(el);
        if (isGlobal(el)) this.#global(el);
        // What is inside of an input is not said.
        if (this.#said || (name !== "input" && holds(el))) found.add(el);
      });
    }
    if (labelled) {
      const touched = new Map();
      look("label", (label) => {
        const inner = innerOf.call(label);
        const text = textOf.call(label);
        let touch = this.#touches(text);
        // Beside one field in front of it, all of the text is an end of what the label says.
        const whole = !inner || (inner === label.firstChild && inner.localName === "input" && !inner.nextElementSibling && text.trim());
        if (!touch && whole && !isGlobal(label)) return;
        const { control } = label;
        if (!control || !matches.call(control, selector)) return;
        // A control is silent in its own label.
        const other = (el) => el !== control;
        const deep = inner && (other(inner) || inner.nextElementSibling || textOf.call(inner));
        // Of a label in one piece, either is all of it or the name has a piece more.
        if (isGlobal(label) || (deep && (touch || this.#touched(label) || [...label.querySelectorAll(SPEAKING)].some(other)))) touch = 3;
        if (!touch) return;
        touch |= touched.get(control);
        touched.set(control, touch);
        if (touch > 2) found.add(control);
      });
    }
    this.#wanted = null;
    for (const el of this.#climb(this.#roots.map(({ host }) => host), selector)) found.add(el);
    return found.size <= FEW && found;
  }

  // Whether a text can be the beginning of a wanted one (1), its end (2) or both (3).
  #touches(text) {
    const key = !differs(text, this.#solids, true) && normal(text);
    let all = 0;
    if (key) for (const of of this.#wanted) all |= of.startsWith(key) | (of.endsWith(key) << 1);
    return all;
  }

  // The same of any text inside an element.
  #touched(el) {
    const nodes = this.#walker(el, NodeFilter.SHOW_TEXT);
    let all = 0;
    while (nodes.nextNode()) all |= this.#touches(nodes.currentNode.data);
    return all;
  }

  // Up the tree, through slots, from a label to its control, and along `aria-labelledby` and `aria-owns` backwards.
  #climb(todo, selector) {
    const found = new Set();
    const seen = new Set();
    const slots = this.#roots.length > 1;
    while (todo.length) {
      for (let at = todo.pop(); at && !seen.has(at); at = up(at)) {
        seen.add(at);
        if (slots && at.assignedSlot) todo.push(at.assignedSlot);
        if (kindOf.call(at) !== 1) continue;
        if (matches.call(at, selector)) found.add(at);
        if (at.localName === "label" && at.control) todo.push(at.control);
        const id = this.#refers.size && getAttribute.call(at, "id");
        if (id) take(this.#refers.get(id), todo);
      }
    }
    return found;
  }

  // The elements with an attribute that is this text, and the text nodes.
  holding(wanted) {
    const found = [];
    if (this.#bare) this.work(Infinity);
    take(this.#texts.get(normal(wanted)), found);
    return found;
  }

  // Text nodes in which one of the texts, or any text at all, can begin, letter case aside.
  like(wanted) {
    const found = [];
    if (this.#bare) this.work(Infinity);
    const small = wanted.map((text) => text.toLowerCase());
    for (const [key, some] of this.#texts) {
      const text = key.toLowerCase();
      if (small.length === 0 || small.some((part) => begins(text, part))) take(some, found);
    }
    return found.filter((node) => kindOf.call(node) === 3);
  }

  // The labels of a control. Its own list is not asked: browsers make it anew, from the whole document, after every change.
  labelsOf(el) {
    const found = [];
    const id = getAttribute.call(el, "id");
    if (id && this.#bare) each(getRootNode.call(el).querySelectorAll(`label[for="${CSS.escape(id)}"]`), (label) => found.push(label));
    else if (id) take(this.#labels.get(id), found);
    const around = closest.call(el, "label");
    if (around) found.push(around);
    return found.filter((label, at) => label.control === el && found.indexOf(label) === at);
  }

  // What fits a selector in the document or scope and in every open shadow root below, root by root.
  select(selector, scope) {
    const found = [];
    for (const root of this.#roots.concat(scope ?? [])) {
      const wanted = !scope || root === scope || (root.host && (root.host === scope || inside(root.host, scope)));
      if (!wanted || !root.isConnected) continue;
      // A selector that is none fits nothing.
      attempt(() => each(root.querySelectorAll(selector), (el) => found.push(el)));
    }
    return found;
  }

  // The values of `content` in all style sheets that can be read; nothing if they are those of the last time.
  generated() {
    this.#restyle();
    while (this.#rules && !this.#rules.next().done);
    this.#rules = null;
    const contents = this.#contents;
    this.#contents = null;
    return contents && [...contents];
  }

  // Begins to read the sheets again when they are others, or have other rules. Looking takes its share of time only.
  #restyle() {
    const start = now();
    if (start - this.#checked < rest(this.#checking)) return;
    const found = [];
    for (const root of this.#roots) {
      for (const sheet of root.isConnected ? [...root.styleSheets, ...root.adoptedStyleSheets] : []) {
        const rules = attempt(() => sheet.cssRules) ?? [];
        found.push(sheet, rules.length, rules[0], rules[rules.length - 1]);
      }
    }
    if (found.length !== this.#sheets.length || found.some((part, at) => part !== this.#sheets[at])) {
      this.#sheets = found;
      this.#contents = new Set();
      this.#spoken = SPOKEN;
      this.#rules = this.#styles(found.filter((_, at) => at % 4 === 0));
    }
    this.#checked = now();
    this.#checking = this.#checked - start;
  }

  // Reads rules and the rules inside of them, with pauses.
  *#styles(lists) {
    let count = 0;
    for (const list of lists) {
      for (const rule of attempt(() => list.cssRules) ?? [{ href: "?" }]) {
        const content = rule.style?.content;
        if (content) this.#contents.add(content);
        // What is imported may come later; what cannot be read may hold anything.
        if (rule.href || (content && !NOTHING.test(content))) {
          const place = rule.selectorText?.replace(/::(before|after)/g, ":is(*)");
          this.#spoken += `,${!place || ELSEWHERE.test(place) ? "*" : place}`;
        }
        if (rule.styleSheet || rule.cssRules?.length) yield* this.#styles([rule.styleSheet ?? rule]);
        if (++count % BETWEEN_LOOKS === 0) yield;
      }
    }
  }

  // Whether a style puts text before, after or in place of an element's own. Asking for its style is slow: first whether there
  // is a rule that could.
  generates(el) {
    this.#restyle();
    const isAsked = this.#rules || this.#spoken.length > MAX_SPOKEN || attempt(() => matches.call(el, this.#spoken)) !== false;
    return isAsked && !["::before", "::after", null].every((part) => NOTHING.test(getComputedStyle(el, part).content));
  }
}
