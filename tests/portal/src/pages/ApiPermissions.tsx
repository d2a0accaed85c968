// API permissions: what the app asks for, and tenant-wide consent to it.
import { useState } from "react";
import { type App, type Resource, get, pause, post } from "../base/api";
import { useEnv, useLoad } from "../base/env";
import { useKit } from "../kit";
import { RequestPermissions } from "./RequestPermissions";

type Wanted = App["permissions"][number];

export function ApiPermissions({ appId }: { appId: string }) {
  const { L, directory, session, toast } = useEnv();
  const K = useKit();
  const path = `${directory.id}/apps/${appId}`;
  const { value, again } = useLoad(async () => {
    await pause(session.scenario.delays.rows);
    const [app, resources] = await Promise.all([get<App>(path), get<Resource[]>("resources")]);
    return { app, resources };
  }, [path]);
  const [pane, setPane] = useState(false);
  const [asking, setAsking] = useState(false);
  const [dropping, setDropping] = useState<Wanted>();
  const [changed, setChanged] = useState(false);
  const tenant = { tenant: directory.name };
  const label = (key: string) => L(`api-permissions.${key}`, tenant);
  const resource = (p: Wanted) => value?.resources.find((r) => r.appId === p.resource);
  const detail = (p: Wanted) => resource(p)?.permissions.find((x) => x.name === p.name);
  const needsAdmin = (p: Wanted) => p.kind === "Role" || Boolean(detail(p)?.admin);
  const status = (p: Wanted) => (p.granted ? label("granted") : needsAdmin(p) ? label("not-granted") : "");
  const graphRoles = value?.app.permissions.some((p) => p.kind === "Role" && resource(p)?.name === "Microsoft Graph");
  const may = session.mayConsent && (!graphRoles || session.mayConsentGraphRoles) && Boolean(value?.app.permissions.length);
  const consent = async () => {
    setAsking(false);
    try {
      await pause(session.scenario.delays.save);
      await post(`${path}/consent`);
      setChanged(false);
      toast(label("consented"), label("consented-text"));
    } catch (error) {
      toast(label("consent-failed"), (error as Error).message, "error");
    }
    await again();
  };
  const drop = async () => {
    const { resource: api, id, kind } = dropping as Wanted;
    setDropping(undefined);
    await pause(session.scenario.delays.save);
    await post(`${path}/permissions`, { remove: [{ resource: api, id, kind }] });
    toast(label("saved"), label("saved-text"));
    await again();
  };
  return (
    <>
      <K.Commands
        items={[
          { truth: "api-permissions.refresh", label: label("refresh"), icon: "Refresh", telemetry: "Command-Refresh", press: again },
          { label: label("feedback"), icon: "Heart" },
        ]}
      />
      {changed && <K.Banner tone="warn">{label("changed")}</K.Banner>}
      <K.Heading>{label("configured")}</K.Heading>
      <p>{label("about")}</p>
      <K.Commands
        inner
        items={[
          { truth: "api-permissions.add-permission", label: label("add-permission"), icon: "Add", press: () => setPane(true) },
          { truth: "api-permissions.grant-admin-consent", label: label("grant-admin-consent"), icon: "Check", disabled: !may, press: () => setAsking(true) },
        ]}
      />
      {!value ? (
        <K.Busy />
      ) : (
        <K.Grid<Wanted>
          label={label("configured")}
          rows={value.app.permissions}
          id={(p) => `${p.resource}/${p.id}/${p.kind}`}
          group={(p) => resource(p)?.name ?? p.resource}
          rowTruth={(p) => `api-permissions.row[${p.name}]`}
          columns={[
            { key: "name", name: label("col-name"), width: 3, text: (p) => p.name },
            { key: "type", name: label("col-type"), width: 2, text: (p) => label(p.kind === "Role" ? "application" : "delegated"), truth: (p) => `api-permissions.type[${p.name}]` },
            { key: "text", name: label("col-description"), width: 4, text: (p) => detail(p)?.text ?? "" },
            { key: "admin", name: label("col-admin"), width: 2, text: (p) => label(needsAdmin(p) ? "yes" : "no") },
            {
              key: "status",
              name: label("col-status"),
              width: 3,
              text: status,
              truth: (p) => `api-permissions.status[${p.name}]`,
              show: (p) =>
                status(p) && (
                  <span className={p.granted ? "p-status-ok" : "p-status-warn"}>
                    <K.Sign ok={p.granted} /> {status(p)}
                  </span>
                ),
            },
            {
              key: "more",
              name: "",
              width: 1,
              text: () => "",
              show: (p) => (
                <K.More
                  truth={`api-permissions.more[${p.name}]`}
                  label={label("more")}
                  items={[{ truth: "api-permissions.remove-permission", label: label("remove-permission"), press: () => setDropping(p) }]}
                />
              ),
            },
          ]}
        />
      )}
      <p className="p-small">{label("footer")}</p>
      {pane && value && (
        <RequestPermissions
          app={value.app}
          resources={value.resources}
          close={() => setPane(false)}
          saved={async () => {
            setPane(false);
            setChanged(true);
            await again();
            toast(label("saved"), label("saved-text"));
          }}
        />
      )}
      {dropping && (
        <K.Ask
          title={label("remove-permission")}
          text={L("api-permissions.remove-ask", { name: dropping.name })}
          buttons={[
            { truth: "api-permissions.remove-yes", label: label("remove-yes"), press: drop },
            { truth: "api-permissions.remove-no", label: label("remove-no"), press: () => setDropping(undefined) },
          ]}
        />
      )}
      {asking && (
        <K.Ask
          title={label("ask-title")}
          text={label("ask")}
          buttons={[
            { truth: "api-permissions.consent-yes", label: label("consent-yes"), press: consent },
            { truth: "api-permissions.consent-no", label: label("consent-no"), press: () => setAsking(false) },
          ]}
        />
      )}
    </>
  );
}
