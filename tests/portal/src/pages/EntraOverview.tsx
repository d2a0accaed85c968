// Microsoft Entra ID's overview: the tenant's name, id and primary domain.
import { useState } from "react";
import { useEnv } from "../base/env";
import { useKit } from "../kit";

export function EntraOverview() {
  const { L, directory } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`entra-overview.${key}`);
  const [tab, setTab] = useState("overview");
  const [search, setSearch] = useState("");
  const fact = (key: string, value: string, copy: boolean) => ({ label: label(key), value, truth: `entra-overview.${key}`, copy });
  return (
    <>
      <K.Commands
        items={[
          { label: label("add"), icon: "Add" },
          { label: label("manage-tenants"), icon: "Settings" },
          { label: label("whats-new"), icon: "Globe" },
          { label: L("app-registrations.preview"), icon: "View" },
          { label: L("app-registrations.feedback"), icon: "Heart" },
        ]}
      />
      <K.Tabs
        label={label("_title")}
        selected={tab}
        change={setTab}
        items={["overview", "monitoring", "properties", "recommendations"].map((key) => ({ key, text: label(`tab-${key}`) }))}
      />
      {(tab === "overview" || tab === "properties") && (
        <>
          <div className="p-row">
            <K.Search placeholder={label("search")} value={search} change={setSearch} />
          </div>
          <K.Facts
            title={label("basic")}
            items={[
              fact("tenant-name", directory.name, false),
              fact("tenant-id", directory.id, true),
              fact("primary-domain", directory.primaryDomain, false),
              { label: label("license"), value: label("license-value") },
              { label: label("users"), value: "214" },
              { label: label("groups"), value: "31" },
              { label: label("applications"), value: String(directory.apps) },
              { label: label("devices"), value: "180" },
            ]}
          />
        </>
      )}
    </>
  );
}
