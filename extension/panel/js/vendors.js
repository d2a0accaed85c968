// What is remembered of vendors, so that a domain in other hands is noticed: an entry for each domain with its public keys, as
// `crates/handover/src/known.rs` decides by. Nothing secret is in it.
const PREFIX = "vendor.";

export const known = async (domain) => (await chrome.storage.local.get(PREFIX + domain))[PREFIX + domain];
export const remember = (domain, keys) => chrome.storage.local.set({ [PREFIX + domain]: keys }).catch(() => {});
export const forget = (domain) => chrome.storage.local.remove(PREFIX + domain).catch(() => {});

// Each domain and what is remembered of it in turn, now and whenever that changes.
export const watch = async (tell) => {
  const isOurs = (key) => key.startsWith(PREFIX);
  const list = async () => {
    const all = await chrome.storage.local.get(null);
    tell(Object.keys(all).filter(isOurs).sort().flatMap((key) => [key.slice(PREFIX.length), all[key]]));
  };
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && Object.keys(changes).some(isOurs)) list();
  });
  await list();
};
