// Every page by its id: what is drawn, and the name of its view when it lives in a React frame.
import type { ReactNode } from "react";
import type { Route } from "../base/routes";
import { ApiPermissions } from "./ApiPermissions";
import { AppOverview } from "./AppOverview";
import { AppRegistrations } from "./AppRegistrations";
import { CertificatesSecrets } from "./CertificatesSecrets";
import { EntraOverview } from "./EntraOverview";
import { RegisterApplication } from "./RegisterApplication";

interface Page {
  view: string;
  menu?: "app" | "directory";
  draw: (route: Route) => ReactNode;
}

export const PAGES: Record<string, Page> = {
  "app-registrations": { view: "ApplicationsList.ReactView", draw: () => <AppRegistrations /> },
  "register-application": { view: "CreateApplication.ReactView", draw: () => <RegisterApplication /> },
  "app-overview": { view: "ApplicationOverview.ReactView", menu: "app", draw: (r) => <AppOverview appId={r.appId ?? ""} /> },
  "api-permissions": { view: "ApiPermissions.ReactView", menu: "app", draw: (r) => <ApiPermissions appId={r.appId ?? ""} /> },
  "certificates-secrets": { view: "Credentials.ReactView", menu: "app", draw: (r) => <CertificatesSecrets appId={r.appId ?? ""} /> },
  "entra-overview": { view: "TenantOverview.ReactView", menu: "directory", draw: () => <EntraOverview /> },
};
