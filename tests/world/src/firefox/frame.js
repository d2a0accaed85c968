// The driver's eyes inside one document, in a sandbox of the browser's own: script in the page's world or in the
// extension's, and functions called on what a page hides (a closed shadow root) or does not hold (a frame's element).
const [extension, task, first, second] = arguments;

const withDebugger = () => {
  const { addDebuggerToGlobal } = ChromeUtils.importESModule("resource://gre/modules/jsdebugger.sys.mjs");
  const own = Cu.Sandbox(Services.scriptSecurityManager.getSystemPrincipal(), { freshCompartment: true });
  addDebuggerToGlobal(own);
  return own;
};
const page = () => {
  globalThis.handrailDebugger ??= Cu.evalInSandbox("new Debugger()", withDebugger());
  return globalThis.handrailDebugger.makeGlobalObjectReference(window);
};
// As a console would: no policy of the page forbids it.
const inPage = (script) => {
  const end = page().executeInGlobal(script);
  if (!end) throw new Error("the script was stopped");
  if ("throw" in end) {
    const thrown = end.throw?.unsafeDereference?.() ?? end.throw;
    throw new Error(`script: ${Cu.waiveXrays(thrown)?.stack ? `${thrown} ${Cu.waiveXrays(thrown).stack}` : thrown}`);
  }
  return end.return?.unsafeDereference?.() ?? end.return;
};
const world = () => {
  const { ExtensionContent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionContent.sys.mjs");
  return ExtensionContent.getContextByExtensionId(extension, window)?.cloneScope ?? null;
};
const inExtension = (script) => {
  const scope = world();
  if (!scope) throw new Error("no extension script in this frame");
  return Cu.evalInSandbox(script, scope);
};
const callOn = (element, source) => {
  if (!element) return undefined;
  return Cu.waiveXrays(inPage(`(${source})`)).call(Cu.waiveXrays(element));
};
// Outlives the document it is begun in: it is the process's, and has nothing of the document. A tab keeps its number where
// its browsing context is replaced by another.
const before = (script, tab) => {
  const run = (inner) => {
    if (inner.browsingContext?.browserId === tab) new Debugger().makeGlobalObjectReference(inner).executeInGlobal(script);
  };
  Services.obs.addObserver(run, "content-document-global-created");
};
const choose = async (path) => {
  const field = document.querySelector("input[type=file]");
  field.mozSetFileArray([await File.createFromFileName(path)]);
  for (const type of ["input", "change"]) field.dispatchEvent(new window.Event(type, { bubbles: true }));
};

// What Firefox calls otherwise than Chromium does.
const roles = { pushbutton: "button", "text leaf": "StaticText", summary: "DisclosureTriangle", graphic: "image" };
const toldOf = (service, node, within, told) => {
  const [state, extra] = [{}, {}];
  node.getState(state, extra);
  const more = {};
  for (const { key, value } of node.attributes.enumerate()) more[key] = value;
  for (const name of service.getStringStates(state.value, extra.value)) more[name] = "true";
  const role = service.getStringRole(node.role);
  told.push({ role: roles[role] ?? role, name: node.name ?? "", description: node.description ?? "", more, within });
  // What is in a frame is told of the frame.
  if (role === "internal frame") return;
  const inside = [told.length - 1, ...within];
  for (let at = 0; at < node.childCount; at += 1) toldOf(service, node.getChildAt(at), inside, told);
};
// The tree is made when somebody first asks for it, and brought up to date when the document is drawn.
const told = async () => {
  globalThis.handrailReader ??= Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
  const list = [];
  for (let turn = 0; turn < 50 && list.length < 2; turn += 1) {
    await new Promise((later) => window.setTimeout(later, 100));
    list.length = 0;
    const root = globalThis.handrailReader.getAccessibleFor(document);
    if (root) toldOf(globalThis.handrailReader, root, [], list);
  }
  return list;
};

const tasks = {
  page: () => inPage(first),
  extension: () => inExtension(first),
  hasWorld: () => world() !== null,
  listeners: () => {
    const scope = world();
    const of = (info) => info.listenerObject && Cu.getGlobalForObject(info.listenerObject) === scope;
    return Services.els.getListenerInfoFor(window).filter(of).length;
  },
  closedRoot: () => callOn(document.querySelector(first)?.openOrClosedShadowRoot, second),
  before: () => {
    Cu.evalInSandbox(`(${before})`, withDebugger())(first, BrowsingContext.getFromWindow(window).browserId);
  },
  choose: () => choose(first),
  told,
  owner: () => callOn(BrowsingContext.get(Number(first))?.embedderElement, second),
};

return Promise.resolve(tasks[task]()).then((value) => JSON.stringify(Cu.waiveXrays(value)) ?? "null");
