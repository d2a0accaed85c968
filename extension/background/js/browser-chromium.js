// What only Chrome and Edge need.

// The panel: beside the tab, one for each.
export const openPanel = (tab) => {
  chrome.sidePanel.setOptions({ tabId: tab, path: `panel.html?tab=${tab}`, enabled: true });
  chrome.sidePanel.open({ tabId: tab });
};

// A document's loader gets its agent, and needs nothing else.
export const enterFrame = () => {};
export const leaveFrame = () => {};
