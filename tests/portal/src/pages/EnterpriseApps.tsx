// Enterprise applications: the list, one application's overview, its permissions and its properties.
import { useState } from "react";
import { type Principal, type Resource, get, pause, post } from "../base/api";
import { useEnv, useLoad } from "../base/env";
import { to } from "../base/routes";
import { useKit } from "../kit";

export function EnterpriseApps() {
  const { L, directory, go, session } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`enterprise-apps.${key}`);
  const [search, setSearch] = useState("");
  const { value: all, again } = useLoad(async () => {
    await pause(session.scenario.delays.rows);
    return get<Principal[]>(`${directory.id}/principals`);
  }, [directory.id]);
  const wanted = search.trim().toLowerCase();
  const rows = (all ?? [])
    .filter((p) => !wanted || p.displayName.toLowerCase().startsWith(wanted) || p.objectId.startsWith(wanted))
    .sort((a, b) => a.displayName.localeCompare(b.displayName));
  return (
    <>
      <K.Commands
        items={[
          { truth: "enterprise-apps.new-application", label: label("new-application"), icon: "Add" },
          { truth: "enterprise-apps.refresh", label: L("app-registrations.refresh"), icon: "Refresh", telemetry: "Command-Refresh", press: again },
          { label: L("app-registrations.download"), icon: "Download" },
          { label: L("app-registrations.preview"), icon: "View" },
          { label: L("app-registrations.feedback"), icon: "Heart" },
        ]}
      />
      <p>{label("about")}</p>
      <div className="p-row">
        <K.Search truth="enterprise-apps.search" placeholder={label("search")} value={search} change={setSearch} />
      </div>
      {!all ? (
        <K.Busy />
      ) : (
        <>
          <div>{L("app-registrations.found", { n: rows.length })}</div>
          <K.Grid<Principal>
            label={label("_title")}
            virtual
            rows={rows}
            id={(p) => p.objectId}
            columns={[
              {
                key: "name",
                name: label("col-name"),
                width: 3,
                text: (p) => p.displayName,
                show: (p) => <K.Link truth={`enterprise-apps.app[${p.displayName}]`} label={p.displayName} press={() => go(to.principal("Overview", p.objectId, p.appId))} />,
              },
              { key: "object", name: label("col-object"), width: 3, text: (p) => p.objectId },
              { key: "app", name: label("col-app"), width: 3, text: (p) => p.appId },
            ]}
          />
        </>
      )}
    </>
  );
}

/** One application, found by the object id of the address. */
function usePrincipal(objectId: string) {
  const { directory } = useEnv();
  const { value, again } = useLoad(async () => {
    const [all, resources] = await Promise.all([get<Principal[]>(`${directory.id}/principals`), get<Resource[]>("resources")]);
    return { one: all.find((p) => p.objectId === objectId), resources };
  }, [directory.id, objectId]);
  return { one: value?.one, resources: value?.resources ?? [], again };
}

export function EnterpriseAppOverview({ objectId }: { objectId: string }) {
  const { L } = useEnv();
  const K = useKit();
  const { one } = usePrincipal(objectId);
  const fact = (key: string, value: string, copy: boolean) => ({ label: L(`enterprise-app-overview.${key}`), value, truth: `enterprise-app-overview.${key}`, copy });
  if (!one) return <K.Busy />;
  return <K.Facts title={L("enterprise-app-menu.properties")} items={[fact("name", one.displayName, false), fact("app-id", one.appId, true), fact("object-id", one.objectId, true)]} />;
}

type Granted = Principal["grants"][number];

export function EnterpriseAppPermissions({ objectId }: { objectId: string }) {
  const { L, directory, toast } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`enterprise-app-permissions.${key}`, { tenant: directory.name });
  const { one, resources, again } = usePrincipal(objectId);
  const [tab, setTab] = useState("admin");
  const [asking, setAsking] = useState(false);
  if (!one) return <K.Busy />;
  const resource = (g: Granted) => resources.find((r) => r.appId === g.resource);
  const revoke = async () => {
    setAsking(false);
    await post(`${directory.id}/principals/${objectId}/revoke`);
    toast(label("revoked"), label("revoked-text"));
    await again();
  };
  return (
    <>
      <K.Commands
        items={[
          { truth: "enterprise-app-permissions.refresh", label: L("app-registrations.refresh"), icon: "Refresh", telemetry: "Command-Refresh", press: again },
          { truth: "enterprise-app-permissions.review", label: label("review"), icon: "Shield" },
          { truth: "enterprise-app-permissions.revoke", label: label("revoke"), icon: "Delete", disabled: one.grants.length === 0, press: () => setAsking(true) },
          { label: L("app-registrations.feedback"), icon: "Heart" },
        ]}
      />
      <K.Heading>{label("heading")}</K.Heading>
      <p>{label("about")}</p>
      <K.Tabs
        label={label("heading")}
        selected={tab}
        change={setTab}
        items={[
          { key: "admin", text: label("admin-consent"), truth: "enterprise-app-permissions.admin-consent" },
          { key: "user", text: label("user-consent"), truth: "enterprise-app-permissions.user-consent" },
        ]}
      />
      <K.Grid<Granted>
        label={label("heading")}
        rows={tab === "admin" ? one.grants : []}
        id={(g) => `${g.resource}/${g.id}/${g.kind}`}
        group={(g) => resource(g)?.name ?? g.resource}
        empty={label(tab === "admin" ? "no-admin" : "no-user")}
        columns={[
          { key: "api", name: label("col-api"), width: 3, text: (g) => resource(g)?.name ?? "" },
          { key: "claim", name: label("col-claim"), width: 3, text: (g) => g.name, truth: (g) => `enterprise-app-permissions.row[${g.name}]` },
          { key: "text", name: label("col-text"), width: 4, text: (g) => resource(g)?.permissions.find((p) => p.name === g.name)?.text ?? "" },
          { key: "type", name: label("col-type"), width: 2, text: (g) => L(`api-permissions.${g.kind === "Role" ? "application" : "delegated"}`), truth: (g) => `enterprise-app-permissions.type[${g.name}]` },
          { key: "through", name: label("col-through"), width: 2, text: () => label("through-admin") },
          { key: "by", name: label("col-by"), width: 2, text: () => label("by-admin") },
        ]}
      />
      {asking && (
        <K.Ask
          title={label("revoke")}
          text={label("revoke-ask")}
          buttons={[
            { truth: "enterprise-app-permissions.revoke-yes", label: L("api-permissions.consent-yes"), press: revoke },
            { label: L("api-permissions.consent-no"), press: () => setAsking(false) },
          ]}
        />
      )}
    </>
  );
}

export function EnterpriseAppProperties({ objectId }: { objectId: string }) {
  const { L, directory, go, toast } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`enterprise-app-properties.${key}`);
  const { one, again } = usePrincipal(objectId);
  const [enabled, setEnabled] = useState<boolean>();
  const [asking, setAsking] = useState(false);
  if (!one) return <K.Busy />;
  const path = `${directory.id}/principals/${objectId}`;
  const save = async () => {
    await post(`${path}/enabled`, { enabled: enabled ?? one.enabled });
    await again();
    toast(label("saved"), one.displayName);
  };
  const drop = async () => {
    await post(`${path}/delete`);
    go(to.principals());
  };
  return (
    <>
      <K.Commands
        items={[
          { truth: "enterprise-app-properties.save", label: label("save"), icon: "Save", telemetry: "Command-Save", disabled: enabled === undefined, press: save },
          { label: label("discard"), icon: "Cancel", press: () => setEnabled(undefined) },
          { truth: "enterprise-app-properties.delete", label: label("delete"), icon: "Delete", press: () => setAsking(true) },
        ]}
      />
      <p>{label("about")}</p>
      <p>{label("enabled")}</p>
      <K.Radios
        truth="enterprise-app-properties.enabled"
        label={label("enabled")}
        selected={String(enabled ?? one.enabled)}
        change={(v) => setEnabled(v === "true")}
        options={[
          { key: "true", text: L("api-permissions.yes"), truth: "enterprise-app-properties.enabled-yes" },
          { key: "false", text: L("api-permissions.no"), truth: "enterprise-app-properties.enabled-no" },
        ]}
      />
      <K.Facts title={label("ids")} items={[{ label: L("enterprise-app-overview.app-id"), value: one.appId, copy: true }, { label: L("enterprise-app-overview.object-id"), value: one.objectId, copy: true }]} />
      {asking && (
        <K.Ask
          title={label("delete")}
          text={L("enterprise-app-properties.delete-ask", { name: one.displayName })}
          buttons={[
            { truth: "enterprise-app-properties.delete-yes", label: L("api-permissions.consent-yes"), press: drop },
            { label: L("api-permissions.consent-no"), press: () => setAsking(false) },
          ]}
        />
      )}
    </>
  );
}
