// Request API permissions: choose an API, then its kind of permissions, then the permissions.
import { useState } from "react";
import { type App, type Resource, type WantedPermission, pause, post } from "../base/api";
import { useEnv } from "../base/env";
import { useKit } from "../kit";

interface Props {
  app: App;
  resources: Resource[];
  close: () => void;
  saved: () => void;
}

const OPENID = ["email", "offline_access", "openid", "profile"];

export function RequestPermissions({ app, resources, close, saved }: Props) {
  const { L, directory, session } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`request-api-permissions.${key}`);
  const [tab, setTab] = useState("microsoft");
  const [api, setApi] = useState<Resource>();
  const [kind, setKind] = useState<"Role" | "Scope">();
  const [ticked, setTicked] = useState<WantedPermission[]>(app.permissions.map(({ resource, id, kind }) => ({ resource, id, kind })));
  const [busy, setBusy] = useState(false);
  const had = (p: WantedPermission) => app.permissions.some((x) => same(x, p));
  const changed = ticked.filter((p) => !had(p));
  const dropped = app.permissions.filter((p) => !ticked.some((x) => same(x, p))).map(({ resource, id, kind }) => ({ resource, id, kind }));
  const save = async () => {
    setBusy(true);
    await pause(session.scenario.delays.save);
    await post(`${directory.id}/apps/${app.appId}/permissions`, { add: changed, remove: dropped });
    saved();
  };
  const toggle = (p: WantedPermission, on: boolean) => setTicked(on ? [...ticked, p] : ticked.filter((x) => !same(x, p)));
  const footer = api && kind && (
    <>
      <K.Button
        truth="request-api-permissions.add-permissions"
        form="pcControl: savePermissionsButton"
        label={label("add-permissions")}
        primary
        disabled={busy || changed.length + dropped.length === 0}
        press={save}
      />
      <K.Button truth="request-api-permissions.discard" form="pcControl: discardButton" label={label("discard")} press={close} />
    </>
  );
  return (
    <K.Pane truth="request-api-permissions.heading" title={label("_title")} close={close} wide footer={footer}>
      {!api ? (
        <ChooseApi tab={tab} setTab={setTab} resources={resources} choose={setApi} />
      ) : (
        <>
          <K.Link label={`‹ ${label("back")}`} press={() => (setApi(undefined), setKind(undefined))} />
          <div className="p-api">
            <strong>{api.name}</strong>
            <span>{api.uri}</span>
          </div>
          <p>{label("kind")}</p>
          <div className="p-tiles">
            <K.Tile
              truth="request-api-permissions.delegated-permissions"
              title={label("delegated-permissions")}
              text={label("delegated-text")}
              selected={kind === "Scope"}
              press={() => setKind("Scope")}
            />
            <K.Tile
              truth="request-api-permissions.application-permissions"
              title={label("application-permissions")}
              text={label("application-text")}
              selected={kind === "Role"}
              press={() => setKind("Role")}
            />
          </div>
          {kind && <Permissions key={kind} api={api} kind={kind} ticked={ticked} toggle={toggle} />}
        </>
      )}
    </K.Pane>
  );
}

function same(a: WantedPermission, b: WantedPermission): boolean {
  return a.resource === b.resource && a.id === b.id && a.kind === b.kind;
}

function ChooseApi({ tab, setTab, resources, choose }: { tab: string; setTab: (t: string) => void; resources: Resource[]; choose: (r: Resource) => void }) {
  const { L } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`request-api-permissions.${key}`);
  const [search, setSearch] = useState("");
  const found = resources.filter((r) => !search || r.name.toLowerCase().startsWith(search.toLowerCase()) || r.appId.startsWith(search.toLowerCase()));
  return (
    <>
      <p>{label("select")}</p>
      <K.Tabs
        label={label("select")}
        selected={tab}
        change={setTab}
        items={[
          { key: "microsoft", text: label("microsoft-apis"), truth: "request-api-permissions.microsoft-apis" },
          { key: "organization", text: label("my-organization-apis"), truth: "request-api-permissions.my-organization-apis" },
          { key: "mine", text: label("my-apis"), truth: "request-api-permissions.my-apis" },
        ]}
      />
      {tab === "microsoft" && (
        <>
          <K.Heading>{label("common")}</K.Heading>
          <div className="p-tiles">
            {resources
              .filter((r) => r.tile)
              .map((r, i) => (
                <K.Tile key={r.appId} truth={`request-api-permissions.api[${r.name}]`} title={r.name} text={r.about} wide={i === 0} press={() => choose(r)} />
              ))}
          </div>
        </>
      )}
      {tab === "organization" && (
        <>
          <p>{label("org-text")}</p>
          <K.Search truth="request-api-permissions.org-search" placeholder={label("org-search")} value={search} change={setSearch} />
          <K.Grid<Resource>
            label={label("my-organization-apis")}
            rows={found}
            id={(r) => r.appId}
            columns={[
              {
                key: "name",
                name: label("col-name"),
                width: 3,
                text: (r) => r.name,
                show: (r) => <K.Link truth={`request-api-permissions.api[${r.name}]`} label={r.name} press={() => choose(r)} />,
              },
              { key: "id", name: label("col-id"), width: 3, text: (r) => r.appId },
            ]}
          />
        </>
      )}
      {tab === "mine" && <p>{label("none")}</p>}
    </>
  );
}

function groupOf(name: string): string {
  return name.includes(".") ? (name.split(".")[0] ?? "") : "";
}

interface ListProps {
  api: Resource;
  kind: "Role" | "Scope";
  ticked: WantedPermission[];
  toggle: (p: WantedPermission, on: boolean) => void;
}

function Permissions({ api, kind, ticked, toggle }: ListProps) {
  const { L } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`request-api-permissions.${key}`);
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<Set<string>>(new Set());
  const wanted = search.trim().toLowerCase();
  const all = api.permissions
    .filter((p) => (kind === "Role" ? p.role : p.scope))
    .filter((p) => !wanted || p.name.toLowerCase().includes(wanted) || p.text.toLowerCase().includes(wanted));
  const title = (name: string) => (OPENID.includes(name) ? label("openid") : groupOf(name) || label("other"));
  const groups = [...new Set(all.map((p) => title(p.name)))];
  const flip = (group: string) => {
    const next = new Set(open);
    if (!next.delete(group)) next.add(group);
    setOpen(next);
  };
  const allOpen = groups.every((g) => open.has(g));
  return (
    <div className="p-permissions">
      <div className="p-row p-between">
        <K.Heading>{label("choose")}</K.Heading>
        <K.Link
          label={L(allOpen ? "shell.collapse-all" : "shell.expand-all")}
          bind="fxclick: onExpandClick, text: expandButtonText"
          press={() => setOpen(new Set(allOpen ? [] : groups))}
        />
      </div>
      <K.Search truth="request-api-permissions.search" placeholder={label("search")} value={search} change={setSearch} />
      <div className="p-row p-between p-columns">
        <span>{label("col-permission")}</span>
        <span>{label("col-admin")}</span>
      </div>
      {groups.map((group) => {
        const rows = all.filter((p) => title(p.name) === group);
        const chosen = rows.filter((p) => ticked.some((t) => t.resource === api.appId && t.kind === kind && t.id === (kind === "Role" ? p.role : p.scope)));
        return (
          <K.Group
            key={group}
            truth={`request-api-permissions.group[${group}]`}
            label={chosen.length ? `${group} (${chosen.length})` : group}
            open={open.has(group) || Boolean(wanted)}
            toggle={() => flip(group)}
          >
            {rows.map((p) => {
              const it: WantedPermission = { resource: api.appId, id: (kind === "Role" ? p.role : p.scope) ?? "", kind };
              return (
                <K.Check
                  key={p.name}
                  truth={`request-api-permissions.permission[${p.name}]`}
                  label={p.name}
                  checked={ticked.some((t) => same(t, it))}
                  change={(on) => toggle(it, on)}
                  row={
                    <>
                      <div className="p-small">{p.text}</div>
                      <span className="p-admin">{L(kind === "Role" || p.admin ? "api-permissions.yes" : "api-permissions.no")}</span>
                    </>
                  }
                />
              );
            })}
          </K.Group>
        );
      })}
    </div>
  );
}
