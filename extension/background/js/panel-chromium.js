// Where the panel is in Chrome and Edge: beside the tab, one for each.
export const openPanel = (tab) => {
  chrome.sidePanel.setOptions({ tabId: tab, path: `panel.html?tab=${tab}`, enabled: true });
  chrome.sidePanel.open({ tabId: tab });
};
