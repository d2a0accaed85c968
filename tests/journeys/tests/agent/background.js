// A background that decides nothing: it brings the agent into the page, passes on what it is told to, and keeps what
// the agent reports.
const ports = new Map();
let reports = [];
let lowered = false;

const bytes = fetch(chrome.runtime.getURL("agent_bg.wasm"))
  .then((answer) => answer.arrayBuffer())
  .then((buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("")));

globalThis.begin = async (withoutWasm) => {
  lowered = withoutWasm;
  const js = ["agent-loader.js"];
  await chrome.scripting.registerContentScripts([
    { id: "agent", matches: ["http://page.example/*"], js, allFrames: true, persistAcrossSessions: false },
  ]);
};
globalThis.send = (message) => ports.forEach((port) => port.postMessage(message));
globalThis.take = () => reports.splice(0);

chrome.runtime.onMessage.addListener((message, sender) => {
  if (message.k !== "boot") return;
  const target = { tabId: sender.tab.id, documentIds: [sender.documentId] };
  reports.push(message);
  // In Firefox the overlay is seen by a sheet of the extension's alone.
  const seen = "hand-rail { display: block !important }";
  chrome.scripting.insertCSS({ target, css: `@supports (-moz-appearance: none) { ${seen} }`, origin: "USER" });
  if (lowered || !message.wasm) {
    chrome.scripting.executeScript({ target, files: ["agent-lowered.js"] });
  } else {
    Promise.all([bytes, chrome.scripting.executeScript({ target, files: ["agent.js"] })]).then(([base64]) =>
      chrome.scripting.executeScript({ target, func: (b) => globalThis.__handrail.start(b), args: [base64] }),
    );
  }
});

chrome.runtime.onConnect.addListener((port) => {
  ports.set(port.sender.documentId, port);
  port.onMessage.addListener((message) => reports.push(message));
  port.onDisconnect.addListener(() => ports.delete(port.sender.documentId));
});

// The driver takes an extension for ready when it listens to its button.
chrome.action.onClicked.addListener(() => {});
