// What the portal asks of the practice tenant. Same origin everywhere: the server answers on every host.
export interface Directory {
  id: string;
  name: string;
  initialDomain: string;
  primaryDomain: string;
  domains: string[];
  apps: number;
  servicePrincipals: number;
}

/** How a seeded portal differs from the plain one; `tests/tenant/src/scenario.rs` says what each is. */
export interface Drift {
  seed: number;
  order: boolean;
  telemetry: "kept" | "none" | "other";
  ids: boolean;
  titles: boolean;
  native: boolean;
  menu: "menuitem" | "link" | "button";
  rtl: boolean;
  rows: number;
  decoys: number;
}

export interface Scenario {
  labels: "new" | "old";
  frame: "top" | "react";
  facts: "text" | "input";
  dialogs: "v8" | "v9" | "native";
  lists: "v8" | "v9";
  lang: string;
  theme: "light" | "dark";
  renames: Record<string, string>;
  delays: { blade: number; rows: number; save: number };
  survey: boolean;
  deepLinks: boolean;
  prewarm: boolean;
  randomClasses: boolean;
  collapsedMenus: boolean;
  drift: Drift;
}

export interface Session {
  world: string;
  user: { name: string; upn: string; role: string };
  directory: string;
  directories: Directory[];
  scenario: Scenario;
  now: string;
  mayConsent: boolean;
  mayConsentGraphRoles: boolean;
  mayRegister: boolean;
}

export interface WantedPermission {
  resource: string;
  id: string;
  kind: "Role" | "Scope";
}

export interface App {
  appId: string;
  objectId: string;
  displayName: string;
  created: string;
  audience: string;
  redirects: { platform: string; uri: string }[];
  servicePrincipal: string | null;
  enabled: boolean;
  permissions: (WantedPermission & { name: string; granted: boolean })[];
  exposed: { uri: string; scopes: { name: string; who: string }[] };
  certificates: { keyId: string; description: string; thumbprint: string; start: string; end: string }[];
  federated: { name: string; issuer: string; subject: string; audience: string; description: string }[];
  secrets: { keyId: string; description: string; hint: string; start: string; end: string; expired: boolean }[];
}

export interface Principal {
  objectId: string;
  appId: string;
  displayName: string;
  enabled: boolean;
  grants: { resource: string; id: string; kind: "Role" | "Scope"; name: string }[];
}

export interface User {
  id: string;
  name: string;
  upn: string;
  enabled: boolean;
  mfa: string;
  roles: string[];
}

export interface Policy {
  id: string;
  name: string;
  state: string;
  include: string;
  excluded: string[];
  apps: string;
  grant: string;
}

export interface TenantSettings {
  securityDefaults: boolean;
  appPasswords: boolean;
  users: User[];
  policies: Policy[];
  auditing: "on" | "off" | "starting";
}

export interface Resource {
  appId: string;
  name: string;
  about: string;
  uri: string;
  tile: boolean;
  permissions: { name: string; role: string | null; scope: string | null; admin: boolean; text: string }[];
}

export class Refused extends Error {}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`/_practice/portal/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const value = await answer.json();
  if (!answer.ok) throw new Refused(value.error?.message ?? "The request failed.");
  return value as T;
}

export const get = <T>(path: string) => call<T>("GET", path);
export const post = <T>(path: string, body: unknown = {}) => call<T>("POST", path, body);
export const remove = <T>(path: string) => call<T>("DELETE", path);
export const pause = (ms: number) => new Promise<void>((done) => (ms > 0 ? setTimeout(done, ms) : done()));
