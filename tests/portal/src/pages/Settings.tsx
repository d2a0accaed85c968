// The tenant's own settings: properties with security defaults, users, per-user multifactor authentication.
import { useState } from "react";
import { type TenantSettings, type User, get, pause, post } from "../base/api";
import { useEnv, useLoad } from "../base/env";
import { to } from "../base/routes";
import { useKit } from "../kit";

/** The settings, and a way to change some of them. */
export function useSettings() {
  const { directory, session } = useEnv();
  const path = `${directory.id}/settings`;
  const { value, again } = useLoad(() => get<TenantSettings>(path), [path]);
  const change = async (patch: Partial<TenantSettings>) => {
    await pause(session.scenario.delays.save);
    await post(path, patch);
    await again();
  };
  return { settings: value, change, again };
}

export function Properties() {
  const { L, directory } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`entra-properties.${key}`);
  const { settings, change } = useSettings();
  const [pane, setPane] = useState(false);
  if (!settings) return <K.Busy />;
  return (
    <>
      <K.Commands items={[{ truth: "entra-properties.save", label: label("save"), icon: "Save", telemetry: "Command-Save", disabled: true }, { label: label("discard"), icon: "Cancel", disabled: true }]} />
      <K.Facts
        title={label("_title")}
        items={[
          { label: label("name"), value: directory.name, truth: "entra-properties.name" },
          { label: label("tenant-id"), value: directory.id, truth: "entra-properties.tenant-id", copy: true },
        ]}
      />
      <K.Heading>{label("security-defaults")}</K.Heading>
      <p>{label(settings.securityDefaults ? "protected" : "not-protected")}</p>
      <K.Link truth="entra-properties.manage-security-defaults" label={label("manage-security-defaults")} press={() => setPane(true)} />
      {pane && <SecurityDefaults on={settings.securityDefaults} close={() => setPane(false)} save={(securityDefaults) => change({ securityDefaults })} />}
    </>
  );
}

const REASONS = ["ca", "prompts", "other"];

function SecurityDefaults({ on, close, save }: { on: boolean; close: () => void; save: (on: boolean) => Promise<void> }) {
  const { L, session, toast } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`security-defaults.${key}`);
  const [wanted, setWanted] = useState(on);
  const [reason, setReason] = useState<string>();
  const [asking, setAsking] = useState(false);
  const old = session.scenario.labels === "old";
  const store = async () => {
    setAsking(false);
    await save(wanted);
    toast(label("saved"), label(wanted ? "enabled" : "disabled"));
    close();
  };
  const choice = {
    truth: "security-defaults.state",
    label: label("state"),
    selected: String(wanted),
    change: (key: string) => setWanted(key === "true"),
    options: [
      { key: "true", text: label("enabled"), truth: "security-defaults.enabled" },
      { key: "false", text: label("disabled"), truth: "security-defaults.disabled" },
    ],
  };
  return (
    <K.Pane
      truth="security-defaults.heading"
      title={label("_title")}
      close={close}
      footer={
        <>
          <K.Button
            truth="security-defaults.save"
            label={label("save")}
            primary
            disabled={wanted === on || (!wanted && !reason)}
            press={() => (wanted ? void store() : setAsking(true))}
          />
          <K.Button truth="security-defaults.cancel" label={label("cancel")} press={close} />
        </>
      }
    >
      <p>{label("about")}</p>
      {old ? <K.Radios {...choice} /> : <K.Drop {...choice} />}
      {!wanted && on && (
        <>
          <p>{label("why")}</p>
          <K.Radios
            truth="security-defaults.reason"
            label={label("why")}
            selected={reason}
            change={setReason}
            options={REASONS.map((key) => ({ key, text: label(`why-${key}`), truth: `security-defaults.why-${key}` }))}
          />
        </>
      )}
      {asking && (
        <K.Ask
          title={label("ask-title")}
          text={label("ask")}
          buttons={[
            { truth: "security-defaults.disable", label: label("disable"), press: store },
            { label: label("cancel"), press: () => setAsking(false) },
          ]}
        />
      )}
    </K.Pane>
  );
}

export function Users() {
  const { L, directory, go, toast } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`users.${key}`);
  const { settings, change } = useSettings();
  const [search, setSearch] = useState("");
  const [pane, setPane] = useState(false);
  if (!settings) return <K.Busy />;
  const wanted = search.trim().toLowerCase();
  const create = async (name: string, alias: string) => {
    const user: User = { id: crypto.randomUUID(), name, upn: `${alias}@${directory.initialDomain}`, enabled: true, mfa: "disabled", roles: [] };
    await change({ users: [...settings.users, user] });
    setPane(false);
    toast(label("created"), name);
  };
  const drop = (user: User) => change({ users: settings.users.filter((u) => u.id !== user.id) });
  return (
    <>
      <K.Commands
        items={[
          { truth: "users.new-user", label: label("new-user"), icon: "Add", press: () => setPane(true) },
          { label: L("app-registrations.refresh"), icon: "Refresh", telemetry: "Command-Refresh" },
          { truth: "users.per-user-mfa", label: label("per-user-mfa"), icon: "Lock", press: () => go(to.perUserMfa()) },
        ]}
      />
      <div className="p-row">
        <K.Search truth="users.search" placeholder={label("search")} value={search} change={setSearch} />
      </div>
      <K.Grid<User>
        label={label("_title")}
        rows={settings.users.filter((u) => !wanted || u.name.toLowerCase().includes(wanted) || u.upn.includes(wanted))}
        id={(u) => u.id}
        columns={[
          { key: "name", name: label("col-name"), width: 3, text: (u) => u.name, show: (u) => <K.Link truth={`users.user[${u.name}]`} label={u.name} press={() => undefined} /> },
          { key: "upn", name: label("col-upn"), width: 4, text: (u) => u.upn },
          { key: "enabled", name: label("col-enabled"), width: 1, text: (u) => L(`api-permissions.${u.enabled ? "yes" : "no"}`) },
          {
            key: "more",
            name: "",
            width: 1,
            text: () => "",
            show: (u) => <K.Icon truth={`users.delete[${u.name}]`} name="Delete" label={L("app-overview.delete")} press={() => void drop(u)} />,
          },
        ]}
      />
      {pane && <NewUser close={() => setPane(false)} create={create} />}
    </>
  );
}

function NewUser({ close, create }: { close: () => void; create: (name: string, alias: string) => void }) {
  const { L, directory } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`new-user.${key}`);
  const [alias, setAlias] = useState("");
  const [name, setName] = useState("");
  const [review, setReview] = useState(false);
  const full = alias.trim() !== "" && name.trim() !== "";
  return (
    <K.Pane
      truth="new-user.heading"
      title={label("_title")}
      close={close}
      wide
      footer={
        review ? (
          <K.Button truth="new-user.create" label={label("create")} primary press={() => create(name.trim(), alias.trim())} />
        ) : (
          <K.Button truth="new-user.review" label={label("review")} primary disabled={!full} press={() => setReview(true)} />
        )
      }
    >
      {review ? (
        <K.Facts title={label("basics")} items={[{ label: label("upn"), value: `${alias}@${directory.initialDomain}` }, { label: label("name"), value: name }]} />
      ) : (
        <>
          <K.Text truth="new-user.upn" label={label("upn")} about={`@${directory.initialDomain}`} required value={alias} change={setAlias} />
          <K.Text truth="new-user.name" label={label("name")} required value={name} change={setName} />
        </>
      )}
    </K.Pane>
  );
}

export function PerUserMfa() {
  const { L, toast } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`per-user-mfa.${key}`);
  const { settings, change } = useSettings();
  const [tab, setTab] = useState("users");
  const [chosen, setChosen] = useState<string[]>([]);
  const [passwords, setPasswords] = useState<boolean>();
  if (!settings) return <K.Busy />;
  const set = async (mfa: string) => {
    await change({ users: settings.users.map((u) => (chosen.includes(u.id) ? { ...u, mfa } : u)) });
    setChosen([]);
    toast(label("saved"), label(mfa));
  };
  return (
    <>
      <K.Tabs
        label={label("_title")}
        selected={tab}
        change={setTab}
        items={[
          { key: "users", text: label("tab-users"), truth: "per-user-mfa.tab-users" },
          { key: "service", text: label("tab-service"), truth: "per-user-mfa.tab-service" },
        ]}
      />
      {tab === "users" ? (
        <>
          <K.Commands
            items={[
              { truth: "per-user-mfa.enable", label: label("enable"), icon: "Check", disabled: chosen.length === 0, press: () => void set("enabled") },
              { truth: "per-user-mfa.disable", label: label("disable"), icon: "Cancel", disabled: chosen.length === 0, press: () => void set("disabled") },
              { truth: "per-user-mfa.enforce", label: label("enforce"), icon: "Lock", disabled: chosen.length === 0, press: () => void set("enforced") },
            ]}
          />
          {settings.users.map((u) => (
            <K.Check
              key={u.id}
              truth={`per-user-mfa.user[${u.upn.split("@")[0]}]`}
              label={u.upn}
              checked={chosen.includes(u.id)}
              change={(on) => setChosen(on ? [...chosen, u.id] : chosen.filter((id) => id !== u.id))}
              row={<span className="p-admin">{label(u.mfa)}</span>}
            />
          ))}
        </>
      ) : (
        <>
          <K.Heading>{label("app-passwords")}</K.Heading>
          <K.Radios
            truth="per-user-mfa.app-passwords"
            label={label("app-passwords")}
            selected={String(passwords ?? settings.appPasswords)}
            change={(key) => setPasswords(key === "true")}
            options={[
              { key: "true", text: label("allow"), truth: "per-user-mfa.allow" },
              { key: "false", text: label("forbid"), truth: "per-user-mfa.forbid" },
            ]}
          />
          <K.Button truth="per-user-mfa.save" label={label("save")} primary disabled={passwords === undefined} press={() => void change({ appPasswords: Boolean(passwords) })} />
        </>
      )}
    </>
  );
}
