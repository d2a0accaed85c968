// The driver's hands in the browser's own window: tabs, the toolbar button, the sidebar, and real mouse events.
// It is put there once and called by name; what happens inside a document is done by frame.js.
(frameScript, calls) => {
  const system = Services.scriptSecurityManager.getSystemPrincipal();
  const tools = { window, parent: window, _EU_Ci: Ci, _EU_Cc: Cc };
  Services.scriptloader.loadSubScript("chrome://remote/content/external/EventUtils.js", tools);
  const { makeWidgetId } = ChromeUtils.importESModule("resource://gre/modules/ExtensionCommon.sys.mjs").ExtensionCommon;
  let extension = "";
  let withheld = [];
  const policy = () => WebExtensionPolicy.getByID(extension);
  const addon = () => ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs").AddonManager.getAddonByID(extension);

  const tabOf = (id) => {
    const tab = gBrowser.tabs.find((t) => t.linkedPanel === id);
    if (!tab) throw new Error(`the tab ${id} is gone`);
    return tab;
  };
  // The sidebar's own document holds the browser that holds the panel.
  const sidebar = () => document.getElementById("sidebar");
  const panel = () => {
    const browser = SidebarController.isOpen && sidebar().contentDocument?.getElementById("webext-panels-browser");
    return browser && browser.currentURI?.spec.startsWith("moz-extension:") ? browser : null;
  };
  const background = () => [...(policy()?.extension.views ?? [])].find((v) => v.viewType === "background")?.xulBrowser;
  const isPanel = (id) => id.startsWith("moz-extension:");
  const browserOf = (id) => {
    const browser = id === "background" ? background() : isPanel(id) ? panel() : tabOf(id).linkedBrowser;
    if (!browser) throw new Error(`${id} is not there`);
    return browser;
  };
  // Where the content's (0, 0) is in the window.
  const corner = (id) => {
    const at = browserOf(id).getBoundingClientRect();
    const around = isPanel(id) ? sidebar().getBoundingClientRect() : { x: 0, y: 0 };
    return [at.x + around.x, at.y + around.y];
  };
  const toFront = (id) => {
    if (!isPanel(id) && gBrowser.selectedTab !== tabOf(id)) gBrowser.selectedTab = tabOf(id);
  };
  // Features of CSS by what a browsing context calls its say in them.
  const media = {
    "forced-colors": "forcedColorsOverride",
    "prefers-color-scheme": "prefersColorSchemeOverride",
    "prefers-reduced-motion": "prefersReducedMotionOverride",
  };
  const flat = (context, parent, found) => {
    const document = context.currentWindowGlobal;
    if (!document) return found;
    found.push({ id: String(context.id), parent, url: document.documentURI?.spec ?? "" });
    for (const child of context.children) flat(child, String(context.id), found);
    return found;
  };

  const inFrame = async (frame, ...task) => {
    const context = BrowsingContext.get(Number(frame))?.currentWindowGlobal;
    if (!context) throw new Error("the frame is gone");
    const options = { sandboxName: "system", async: false, timeout: 60000 };
    return JSON.parse(await context.getActor("MarionetteCommands").executeScript(frameScript, [extension, ...task], options));
  };

  return (window.handrailDriver = {
    use: (id) => {
      extension = id;
      return policy().mozExtensionHostname;
    },
    wide: (width) => {
      document.getElementById("sidebar-box").style.width = `${width}px`;
    },
    open: () => {
      const tab = gBrowser.addTab("about:blank", { triggeringPrincipal: system });
      gBrowser.selectedTab = tab;
      return tab.linkedPanel;
    },
    close: (id) => gBrowser.removeTab(tabOf(id)),
    closeEmpty: () => {
      for (const tab of [...gBrowser.tabs]) if (tab.linkedBrowser.currentURI.spec === "about:blank") gBrowser.removeTab(tab);
    },
    load: (id, url) =>
      new Promise((done, failed) => {
        const browser = browserOf(id);
        const listener = {
          QueryInterface: ChromeUtils.generateQI(["nsIWebProgressListener", "nsISupportsWeakReference"]),
          onLocationChange: (progress, request, location, flags) => {
            if (!progress.isTopLevel) return;
            browser.removeProgressListener(listener);
            if (flags & Ci.nsIWebProgressListener.LOCATION_CHANGE_ERROR_PAGE) failed(new Error(`cannot load ${url}`));
            else done();
          },
        };
        window.handrailListener = listener;
        browser.addProgressListener(listener, Ci.nsIWebProgress.NOTIFY_LOCATION);
        browser.loadURI(Services.io.newURI(url), { triggeringPrincipal: system });
      }),
    reload: (id) => browserOf(id).reload(),
    frames: (id) => flat(browserOf(id).browsingContext, null, []),
    inFrame,
    inTop: (id, ...task) => inFrame(browserOf(id).browsingContext.id, ...task),
    mouse: (id, type, x, y) =>
      new Promise((done) => {
        toFront(id);
        const [left, top] = corner(id);
        const down = type === "mousedown" || type === "drag";
        const moves = type === "mousemove" || type === "drag";
        const event = { type: moves ? "mousemove" : type, button: 0, buttons: down ? 1 : 0, clickCount: moves ? 0 : 1, asyncEnabled: true };
        tools.synthesizeMouseAtPoint(left + x, top + y, event, window, () => done());
      }),
    clipboard: (text) => Cc["@mozilla.org/widget/clipboardhelper;1"].getService(Ci.nsIClipboardHelper).copyString(text),
    picture: async (id) => {
      const browser = browserOf(id);
      const { width, height } = browser.getBoundingClientRect();
      const image = await browser.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, "white");
      const canvas = new OffscreenCanvas(Math.round(width), Math.round(height));
      canvas.getContext("2d").drawImage(image, 0, 0);
      const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
      return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
    },
    // As a person's window and zoom would have it; what does not fit into the window is cut off.
    size: (id, width, height, times) => {
      const browser = browserOf(id);
      const size = width ? { flex: "none", width: `${width}px`, height: `${height}px` } : { flex: "", width: "", height: "" };
      Object.assign(browser.style, size);
      browser.browsingContext.fullZoom = times;
    },
    media: (id, features) => {
      const unknown = Object.keys(features).filter((name) => !(name in media));
      if (unknown.length) throw new Error(`nobody here has a say in ${unknown}`);
      const tab = browserOf(id).browsingContext.top;
      for (const [name, override] of Object.entries(media)) tab[override] = features[name] ?? "none";
    },
    prefer: (languages) => Services.prefs.setStringPref("intl.accept_languages", languages),
    saveDownloads: (folder) => {
      Services.prefs.setIntPref("browser.download.folderList", 2);
      Services.prefs.setStringPref("browser.download.dir", folder);
      Services.prefs.setBoolPref("browser.download.useDownloadDir", true);
    },
    button: (id) => {
      toFront(id);
      const place = document.getElementById(`${makeWidgetId(extension)}-browser-action`);
      place.querySelector(".unified-extensions-item-action-button").click();
    },
    panel: () => panel()?.currentURI.spec ?? null,
    beginProfile: () => Services.profiler.StartProfiler(1 << 24, 1, ["js", "cpu"], ["GeckoMain"]),
    endProfile: async () => {
      const profile = await Services.profiler.getProfileDataAsync();
      await Services.profiler.StopProfiler();
      return calls(profile);
    },
    backgroundRuns: () => policy()?.extension.backgroundState === "running" && !!background(),
    stopBackground: () => policy().extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true }),
    access: async (on) => {
      const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
      if (!on) withheld = policy().extension.allowedOrigins.patterns.map((p) => p.pattern);
      const change = { permissions: [], origins: withheld };
      await ExtensionPermissions[on ? "add" : "remove"](extension, change, policy().extension);
    },
    remove: async () => (await addon()).uninstall(),
    enable: async (on) => (on ? (await addon()).enable() : (await addon()).disable()),
  });
}
