// What only Firefox needs.

// The panel: the window's one sidebar, which follows the tab in front.
export const openPanel = () => chrome.sidebarAction.open();

// Runs in a frame while a guide runs in its tab. Firefox tells no frame whether it is covered, nor one that is not drawn
// that it is hidden; the document around it can see both, and says so of the frames in it.
const watchFrames = () => {
  if (globalThis.handrailFrames) return;
  globalThis.handrailFrames = true;
  // What an extension left that was here before, and whose scripts were ended.
  for (const host of document.querySelectorAll("hand-rail")) host.remove();
  const every = 400;
  let [told, timer] = ["", 0];
  const isDrawn = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const isInFront = (frame, box) => {
    const parts = [0.5, 0.1, 0.9];
    const points = parts.flatMap((x) => parts.map((y) => [box.x + box.width * x, box.y + box.height * y]));
    // Ring and card hide nothing.
    const first = ([x, y]) => document.elementsFromPoint(x, y).find((e) => e.localName !== "hand-rail" && isDrawn(e));
    return points.some((point) => first(point) === frame);
  };
  // Its answer comes when the page is laid out: what is asked then costs no layout.
  const see = (entries, observer) => {
    observer.disconnect();
    const r = entries.map(({ target, isIntersecting, intersectionRect }) => {
      const part = isIntersecting && isDrawn(target);
      return [chrome.runtime.getFrameId(target), part && isInFront(target, intersectionRect), part];
    });
    const now = JSON.stringify(r);
    if (now !== told) tell(r);
    told = now;
  };
  const tell = (r) => chrome.runtime.sendMessage({ k: "frames", r }).then((wanted) => wanted === false && leave(), () => (told = ""));
  const look = () => {
    timer = setTimeout(look, every);
    if (document.hidden || !window.length) return;
    const observer = new IntersectionObserver(see);
    for (const frame of document.getElementsByTagName("iframe")) observer.observe(frame);
  };
  const leave = () => {
    clearTimeout(timer);
    chrome.runtime.onMessage.removeListener(hear);
    delete globalThis.handrailFrames;
    // The answer is that nothing is wanted, and the style goes too.
    chrome.runtime.sendMessage({ k: "frames", r: [] }).catch(() => {});
  };
  const hear = (message) => {
    if (message?.k === "bye") leave();
    // A background that begins anew knows nothing of it.
    if (message?.k === "wake") told = "";
  };
  chrome.runtime.onMessage.addListener(hear);
  look();
};

// Firefox ends the scripts of an extension that goes away without a word, and takes back its style sheets. Therefore ring and
// card, which hide themselves here, are seen by this one alone.
const seen = { css: "@media not print { hand-rail { display: block !important } }", origin: "USER" };

// A document's loader gets its agent: it gets this before.
export const enterFrame = (from) => {
  const target = { tabId: from.tab.id, documentIds: [from.documentId] };
  chrome.scripting.executeScript({ target, func: watchFrames }).catch(() => {});
  chrome.scripting.insertCSS({ ...seen, target }).catch(() => {});
};

// No guide runs any more in a document's tab.
export const leaveFrame = (from) => {
  const target = { tabId: from.tab.id, documentIds: [from.documentId] };
  chrome.scripting.removeCSS({ ...seen, target }).catch(() => {});
};
