// Says hello before the panel's program is there: the background answers meanwhile, and what it says waits. A panel that is
// for no tab in particular (Firefox) first has to ask which one is in front; the program does.
(() => {
  const tab = Number(new URLSearchParams(location.search).get("tab"));
  if (!tab || globalThis.handrailEarly) return;
  const port = chrome.runtime.connect({ name: "panel" });
  const none = () => undefined;
  const heard = [];
  const keep = (message) => heard.push(message);
  port.onMessage.addListener(keep);
  port.onDisconnect.addListener(() => (globalThis.handrailEarly = none));
  port.postMessage({ hello: { tab } });
  // The connection, once; what came over it is said again, and all that comes from here on.
  globalThis.handrailEarly = (hear) => {
    globalThis.handrailEarly = none;
    port.onMessage.removeListener(keep);
    port.onMessage.addListener(hear);
    queueMicrotask(() => heard.forEach((message) => hear(message)));
    return port;
  };
})();
