// Apps that fill the list, so that others lie beyond what is drawn of it.
import type { App } from "../base/api";
import { dice, drift } from "./drift";

const FIRST = ["Archive", "Backup", "Billing", "Calendar", "Contoso", "Data", "Fabrikam", "Graph", "Helpdesk", "Invoice", "Mail", "Northwind", "Partner", "Reporting", "Secure"];

export function fillers(): App[] {
  const hex = (roll: () => number, n: number) => Array.from({ length: n }, () => Math.floor(roll() * 16).toString(16)).join("");
  return Array.from({ length: drift().rows }, (_, n) => {
    const roll = dice(`app ${n}`);
    const appId = `${hex(roll, 8)}-${hex(roll, 4)}-4${hex(roll, 3)}-a${hex(roll, 3)}-${hex(roll, 12)}`;
    return {
      appId,
      objectId: appId,
      displayName: `${FIRST[Math.floor(roll() * FIRST.length)]} service ${n}`,
      created: "2025-03-01T00:00:00Z",
      audience: "AzureADMyOrg",
      redirects: [],
      servicePrincipal: null,
      enabled: true,
      permissions: [],
      exposed: { uri: "", scopes: [] },
      certificates: [],
      federated: [],
      secrets: [],
    };
  });
}
