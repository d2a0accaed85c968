// The portal's hash routes, in both forms, and the way back from a page to its address.
export interface Route {
  page: string;
  appId?: string;
  objectId?: string;
  directory?: string;
}

const APPS = "Microsoft_AAD_RegisteredApps";
const IAM = "Microsoft_AAD_IAM";

const ITEMS: Record<string, string> = {
  Overview: "app-overview",
  CallAnAPI: "api-permissions",
  Credentials: "certificates-secrets",
  Authentication: "app-authentication",
  ProtectAnAPI: "expose-api",
};

const MANAGED: Record<string, string> = {
  Overview: "enterprise-app-overview",
  Permissions: "enterprise-app-permissions",
  Properties: "enterprise-app-properties",
};

export const to = {
  home: () => "#home",
  apps: () => `#view/${APPS}/ApplicationsListBlade`,
  create: () => `#view/${APPS}/CreateApplicationBlade/quickStartType~/null/isMSAApp~/false`,
  app: (item: string, appId: string) => `#view/${APPS}/ApplicationMenuBlade/~/${item}/appId/${appId}/isMSAApp~/false`,
  directory: (item: string) => `#view/${IAM}/ActiveDirectoryMenuBlade/~/${item}`,
  principals: () => `#view/${IAM}/StartboardApplicationsMenuBlade/~/AppAppsPreview`,
  principal: (item: string, objectId: string, appId: string) => `#view/${IAM}/ManagedAppMenuBlade/~/${item}/objectId/${objectId}/appId/${appId}`,
  users: () => "#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers/menuId/AllUsers",
  perUserMfa: () => `#view/${IAM}/MultifactorAuthenticationConfig.ReactView/tabId/users`,
  policies: () => "#view/Microsoft_AAD_ConditionalAccess/ConditionalAccessBlade/~/Policies",
  policy: () => "#view/Microsoft_AAD_ConditionalAccess/PolicyBlade",
  settings: () => "#settings/directory",
};

/** Reads an address. Unknown ones lead home, as the portal does it. */
export function read(hash: string): Route {
  let text = decodeURIComponent(hash.replace(/^#/, ""));
  let directory: string | undefined;
  const at = /^@([^/]+)\/?(.*)$/.exec(text);
  if (at) [directory, text] = [at[1], at[2] ?? ""];
  const parts = text.split("/").filter(Boolean);
  const route = (page: string, more: Partial<Route> = {}): Route => ({ page, directory, ...more });
  if (parts[0] === "settings") return route("settings");
  if (parts[0] !== "view" && parts[0] !== "blade") return route("home");
  const [, , blade, ...rest] = parts;
  const item = rest[0] === "~" ? rest[1] : rest[0];
  const after = (name: string) => {
    const i = rest.indexOf(name);
    return i >= 0 ? rest[i + 1] : undefined;
  };
  switch (blade) {
    case "ApplicationsListBlade":
      return route("app-registrations");
    case "CreateApplicationBlade":
      return route("register-application");
    case "ApplicationMenuBlade":
      return route(ITEMS[item ?? ""] ?? "app-overview", { appId: after("appId") });
    case "StartboardApplicationsMenuBlade":
      return route("enterprise-apps");
    case "ManagedAppMenuBlade":
      return route(MANAGED[item ?? ""] ?? "enterprise-app-overview", { objectId: after("objectId"), appId: after("appId") });
    case "ActiveDirectoryMenuBlade":
      return route(item === "RegisteredApps" ? "app-registrations" : item === "Properties" ? "entra-properties" : "entra-overview");
    case "UserManagementMenuBlade":
    case "UsersAllMenuBlade":
      return route("users");
    case "MultifactorAuthenticationConfig.ReactView":
      return route("per-user-mfa");
    case "ConditionalAccessBlade":
      return route("conditional-access");
    case "PolicyBlade":
      return route("ca-policy");
    default:
      return route("home");
  }
}
