// App registrations: the list, its search and its tabs.
import { useState } from "react";
import { type App, get, pause } from "../base/api";
import { useEnv, useLoad } from "../base/env";
import { to } from "../base/routes";
import { useKit } from "../kit";
import { fillers } from "../drift/fillers";

export function AppRegistrations() {
  const { L, directory, go, session } = useEnv();
  const K = useKit();
  const [tab, setTab] = useState("all");
  const [search, setSearch] = useState("");
  const [banner, setBanner] = useState(true);
  const { value: apps, again } = useLoad(async () => {
    await pause(session.scenario.delays.rows);
    return [...(await get<App[]>(`${directory.id}/apps`)), ...fillers()];
  }, [directory.id]);
  const wanted = search.trim().toLowerCase();
  const rows = (apps ?? [])
    .filter((a) => !wanted || a.displayName.toLowerCase().startsWith(wanted) || a.appId.startsWith(wanted))
    .sort((a, b) => a.displayName.localeCompare(b.displayName));
  const secrets = (a: App) =>
    L(`app-registrations.${a.secrets.length === 0 ? "none" : a.secrets.some((s) => s.expired) ? "expired" : "current"}`);
  return (
    <>
      <K.Commands
        items={[
          { truth: "app-registrations.new-registration", label: L("app-registrations.new-registration"), icon: "Add", press: () => go(to.create()) },
          { label: L("app-registrations.endpoints"), icon: "Globe" },
          { label: L("app-registrations.troubleshooting"), icon: "Repair" },
          { truth: "app-registrations.refresh", label: L("app-registrations.refresh"), icon: "Refresh", telemetry: "Command-Refresh", press: again },
          { label: L("app-registrations.download"), icon: "Download" },
          { label: L("app-registrations.preview"), icon: "View" },
          { label: L("app-registrations.feedback"), icon: "Heart" },
        ]}
      />
      {banner && (
        <K.Banner tone="info" close={() => setBanner(false)}>
          {L("app-registrations.banner")}
        </K.Banner>
      )}
      <K.Tabs
        label={L("app-registrations._title")}
        selected={tab}
        change={setTab}
        items={[
          { key: "all", text: L("app-registrations.all-applications"), truth: "app-registrations.all-applications" },
          { key: "owned", text: L("app-registrations.owned"), truth: "app-registrations.owned" },
          { key: "deleted", text: L("app-registrations.deleted") },
        ]}
      />
      <div className="p-row">
        <K.Search truth="app-registrations.search" placeholder={L("app-registrations.search")} value={search} change={setSearch} />
      </div>
      {!apps ? (
        <K.Busy />
      ) : tab !== "all" ? (
        <p>{L("app-registrations.no-owned")}</p>
      ) : (
        <>
          <div className="ext-ad-appslist-application-found">{L("app-registrations.found", { n: rows.length })}</div>
          <K.Grid<App>
            label={L("app-registrations._title")}
            virtual
            rows={rows}
            id={(a) => a.appId}
            columns={[
              {
                key: "name",
                name: L("app-registrations.col-name"),
                width: 3,
                text: (a) => a.displayName,
                show: (a) => (
                  <K.Link
                    truth={`app-registrations.app[${a.displayName}]`}
                    className="ext-ad-appslist-appname"
                    label={a.displayName}
                    press={() => go(to.app("Overview", a.appId))}
                  />
                ),
              },
              { key: "id", name: L("app-registrations.col-id"), width: 3, text: (a) => a.appId },
              { key: "created", name: L("app-registrations.col-created"), width: 1, text: (a) => new Date(a.created).toLocaleDateString("en-US") },
              { key: "secrets", name: L("app-registrations.col-secrets"), width: 1, text: secrets },
            ]}
          />
        </>
      )}
    </>
  );
}
