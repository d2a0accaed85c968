// Where the panel is in Firefox: the window's one sidebar, which follows the tab in front.
export const openPanel = () => chrome.sidebarAction.open();
