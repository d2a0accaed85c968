// Every page by its id: what is drawn, and the name of its view when it lives in a React frame.
import type { ReactNode } from "react";
import type { Route } from "../base/routes";
import { ApiPermissions } from "./ApiPermissions";
import { AppOverview } from "./AppOverview";
import { AppRegistrations } from "./AppRegistrations";
import { Authentication } from "./Authentication";
import { CertificatesSecrets } from "./CertificatesSecrets";
import { NewPolicy, Policies } from "./ConditionalAccess";
import { EnterpriseAppOverview, EnterpriseAppPermissions, EnterpriseAppProperties, EnterpriseApps } from "./EnterpriseApps";
import { EntraOverview } from "./EntraOverview";
import { ExposeApi } from "./ExposeApi";
import { PerUserMfa, Properties, Users } from "./Settings";
import { RegisterApplication } from "./RegisterApplication";

export type MenuKind = "app" | "directory" | "enterprise" | "managed";

interface Page {
  view: string;
  menu?: MenuKind;
  /** Entry of the menu that is lit, when it is not named like the page. */
  item?: string;
  draw: (route: Route) => ReactNode;
}

export const PAGES: Record<string, Page> = {
  "app-registrations": { view: "ApplicationsList.ReactView", draw: () => <AppRegistrations /> },
  "register-application": { view: "CreateApplication.ReactView", draw: () => <RegisterApplication /> },
  "app-overview": { view: "ApplicationOverview.ReactView", menu: "app", item: "overview", draw: (r) => <AppOverview appId={r.appId ?? ""} /> },
  "api-permissions": { view: "ApiPermissions.ReactView", menu: "app", draw: (r) => <ApiPermissions appId={r.appId ?? ""} /> },
  "certificates-secrets": { view: "Credentials.ReactView", menu: "app", draw: (r) => <CertificatesSecrets appId={r.appId ?? ""} /> },
  "app-authentication": { view: "Authentication.ReactView", menu: "app", item: "authentication", draw: (r) => <Authentication appId={r.appId ?? ""} /> },
  "enterprise-apps": { view: "EnterpriseApps.ReactView", menu: "enterprise", item: "all", draw: () => <EnterpriseApps /> },
  "enterprise-app-overview": { view: "ManagedAppOverview.ReactView", menu: "managed", item: "overview", draw: (r) => <EnterpriseAppOverview objectId={r.objectId ?? ""} /> },
  "enterprise-app-permissions": { view: "ManagedAppPermissions.ReactView", menu: "managed", item: "permissions", draw: (r) => <EnterpriseAppPermissions objectId={r.objectId ?? ""} /> },
  "enterprise-app-properties": { view: "ManagedAppProperties.ReactView", menu: "managed", item: "properties", draw: (r) => <EnterpriseAppProperties objectId={r.objectId ?? ""} /> },
  "expose-api": { view: "ExposeApi.ReactView", menu: "app", item: "expose", draw: (r) => <ExposeApi appId={r.appId ?? ""} /> },
  "entra-properties": { view: "TenantProperties.ReactView", menu: "directory", item: "properties", draw: () => <Properties /> },
  users: { view: "UserList.ReactView", draw: () => <Users /> },
  "per-user-mfa": { view: "MultifactorAuthenticationConfig.ReactView", draw: () => <PerUserMfa /> },
  "conditional-access": { view: "ConditionalAccessPolicies.ReactView", draw: () => <Policies /> },
  "ca-policy": { view: "ConditionalAccessPolicy.ReactView", draw: () => <NewPolicy /> },
  "entra-overview": { view: "TenantOverview.ReactView", menu: "directory", item: "overview", draw: () => <EntraOverview /> },
};
