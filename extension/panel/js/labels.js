// Newer labels of the portal's controls: looked for on a press at the address that `config.json` names, proved, held against
// what is packaged, and kept for this version of the extension. Without an address, or where a policy says so, there are none.
import { fits } from "./fits.js";

const KEY = "labels";
const own = () => chrome.runtime.getManifest().version;
const kept = async () => {
  const all = JSON.parse((await chrome.storage.local.get(KEY))[KEY] ?? "{}");
  // An update brings its own, and numbers begin anew: whoever had the key before cannot have used them up.
  return all.extension === own() ? all : { version: 0, seen: 0, revoked: [], labels: {} };
};
const keep = (all) => chrome.storage.local.set({ [KEY]: JSON.stringify({ ...all, extension: own() }) });
const isOff = async () =>
  (await Promise.resolve(chrome.storage.managed?.get?.("newerLabels")).catch(() => {}))?.newerLabels === false;
const json = async (path) => (await fetch(chrome.runtime.getURL(path))).json();

// Where they are looked for and whose signature counts, as the package says.
const source = async () => ((await isOff()) ? undefined : (await json("config.json")).labels);

// Address, number and what is said, for the panel.
export const line = async (said) => {
  const from = await source();
  return from ? [new URL(from.url).origin, `${(await kept()).version}`, said] : [];
};

export const forget = async () => keep({ ...(await kept()), version: 0, labels: {} });

// Parts of files that several share are in one list.
const whole = (node, shared) =>
  JSON.parse(JSON.stringify(node), (_, part) => (part?.$ >= 0 ? whole(shared[part.$], shared) : part));

const ASK = { credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer" };

// Looks for newer ones; `proved` gives a token's claims when one of the keys signed it. Answers what came of it.
export const look = async (proved) => {
  const { url, keys } = await source();
  const ask = async () => {
    const answer = await fetch(url, { ...ASK, signal: AbortSignal.timeout(30000) });
    return answer.ok ? answer.text() : undefined;
  };
  const file = await ask().catch(() => {});
  if (file === undefined) return "unreachable";
  const claims = JSON.parse(proved(file, keys.join(" ")) ?? "null");
  const [pages, shared, used] = await Promise.all([json("plans/pages.json"), json("plans/shared.json"), kept()]);
  if (!claims || !fits(claims, whole(pages, shared))) return "refused";
  const { version, replaces, extension, labels } = claims;
  if (extension !== own()) return "other-version";
  const isBack = used.version > 0 && replaces === used.version;
  const revoked = [...used.revoked, ...claims.revoked];
  const isOld = version === 0 || version === used.version || (version < used.seen && !isBack);
  if (isOld || revoked.includes(version)) return "not-newer";
  await keep({ version, seen: Math.max(used.seen, version), revoked, labels });
  return "taken";
};
