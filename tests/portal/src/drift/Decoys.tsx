// Look-alikes: things that say what a control of the guide says and are none of them. They carry no truth, so that a
// ring on one of them shows.
import type { ReactNode } from "react";
import { useEnv } from "../base/env";
import { dice, drift, pick } from "./drift";

/** Controls the guide points at, whose words the look-alikes borrow. */
const WORDS = [
  "app-registrations.new-registration",
  "app-registrations.all-applications",
  "register-application.name",
  "register-application.account-types",
  "register-application.redirect-platform",
  "register-application.redirect-uri",
  "register-application.register",
  "app-menu.manage",
  "app-menu.api-permissions",
  "app-menu.certificates-secrets",
  "api-permissions.add-permission",
  "api-permissions.grant-admin-consent",
  "api-permissions.consent-yes",
  "request-api-permissions.my-organization-apis",
  "request-api-permissions.application-permissions",
  "request-api-permissions.delegated-permissions",
  "request-api-permissions.add-permissions",
  "certificates-secrets.new-client-secret",
  "certificates-secrets.client-secrets",
  "add-client-secret.description",
  "add-client-secret.expires",
  "add-client-secret.add",
  "entra-overview.primary-domain",
  "app-overview.client-id",
] as const;

/** Names that are not translated. */
const NAMES = ["ActivityFeed.Read", "Office 365 Management APIs", "Securus360 Collection Service"];

type Kind = (word: string) => ReactNode;

/** Harmless to a careful eye, each with a reason to exist on a real page. The plain ones are frequent, twins are rare. */
const KINDS: [number, Kind][] = [
  // What's new, said in a banner.
  [5, (word) => <p><span>{word}</span></p>],
  [4, (word) => <p>{`Learn how to use “${word}” in the new experience.`}</p>],
  // Documentation.
  [4, (word) => <a href="#home" onClick={(e) => e.preventDefault()}>{`${word} (documentation)`}</a>],
  [3, (word) => <a href="#home" onClick={(e) => e.preventDefault()}>{word}</a>],
  // A newer thing of nearly the same name.
  [3, (word) => <button type="button">{`${word} (Preview)`}</button>],
  [3, (word) => <button type="button">{`About ${word}`}</button>],
  // Kept for later, or for screen readers alone.
  [4, (word) => <button type="button" title={word} style={{ display: "none" }}>{word}</button>],
  [3, (word) => <div aria-hidden="true" style={{ visibility: "hidden" }}><div role="button" title={word}>{word}</div></div>],
  [4, (word) => <span style={{ position: "absolute", width: 1, height: 1, overflow: "hidden", clipPath: "inset(50%)", whiteSpace: "nowrap" }}>{word}</span>],
  [3, (word) => <div role="button" tabIndex={-1} style={{ position: "absolute", left: -9999, top: 0 }}>{word}</div>],
  [2, (word) => <h4>{word}</h4>],
  // A table of something else.
  [2, (word) => <table><thead><tr><th>{word}</th><th>Value</th></tr></thead><tbody><tr><td>{word}</td><td>3</td></tr></tbody></table>],
  // A filter.
  [2, (word) => <label>{word}<input type="checkbox" /></label>],
  // Something that is off.
  [2, (word) => <button type="button" disabled>{word}</button>],
  // Indistinguishable but for its place: nobody can tell, and nobody should guess.
  [1, (word) => <button type="button">{word}</button>],
  [1, (word) => <button type="button" title={word} aria-label={word}>{word}</button>],
  [1, (word) => <label>{word}<input type="text" /></label>],
];

function kind(roll: () => number): Kind {
  let left = roll() * KINDS.reduce((sum, [weight]) => sum + weight, 0);
  return KINDS.find(([weight]) => (left -= weight) < 0)?.[1] ?? ((word) => word);
}

/** The look-alikes of one place: `before` or `after` what a page holds, or in the `shell` around it. */
export function Decoys({ place }: { place: "before" | "after" | "shell" }) {
  const { L, directory } = useEnv();
  const all: ReactNode[] = [];
  for (let n = 0; n < drift().decoys; n++) {
    const roll = dice(`decoy ${n}`);
    const there = pick(roll, ["before", "after", "shell"] as const);
    const word = roll() < 0.12 ? pick(roll, NAMES) : L(pick(roll, WORDS), { tenant: directory.name, n: 0 });
    const draw = kind(roll);
    if (there === place) all.push(<div key={n} className="p-decoy">{draw(word)}</div>);
  }
  return all.length ? <aside>{all}</aside> : null;
}
