// Conditional Access: the list of policies and the form of a new one.
import { useState } from "react";
import type { Policy } from "../base/api";
import { useEnv } from "../base/env";
import { to } from "../base/routes";
import { useKit } from "../kit";
import { useSettings } from "./Settings";

export function Policies() {
  const { L, go } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`conditional-access.${key}`);
  const { settings, again } = useSettings();
  if (!settings) return <K.Busy />;
  return (
    <>
      <K.Commands
        items={[
          { truth: "conditional-access.new-policy", label: label("new-policy"), icon: "Add", press: () => go(to.policy()) },
          { label: L("app-registrations.refresh"), icon: "Refresh", telemetry: "Command-Refresh", press: again },
        ]}
      />
      {settings.securityDefaults && <K.Banner tone="warn">{label("defaults-on")}</K.Banner>}
      <K.Grid<Policy>
        label={label("_title")}
        rows={settings.policies}
        id={(p) => p.id}
        empty={label("none")}
        columns={[
          { key: "name", name: label("col-name"), width: 4, text: (p) => p.name, truth: (p) => `conditional-access.policy[${p.name}]` },
          { key: "state", name: label("col-state"), width: 2, text: (p) => L(`ca-policy.state-${p.state}`), truth: (p) => `conditional-access.state[${p.name}]` },
        ]}
      />
    </>
  );
}

const GROUP = "MFA-Test-Group";
const API = "Windows Azure Service Management API";

export function NewPolicy() {
  const { L, go, toast } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`ca-policy.${key}`);
  const { settings, change } = useSettings();
  const [name, setName] = useState("");
  const [side, setSide] = useState("include");
  const [include, setInclude] = useState("none");
  const [groups, setGroups] = useState<string[]>([]);
  const [excluded, setExcluded] = useState<string[]>([]);
  const [apps, setApps] = useState("none");
  const [chosenApps, setChosenApps] = useState<string[]>([]);
  const [mfa, setMfa] = useState(false);
  const [state, setState] = useState("off");
  if (!settings) return <K.Busy />;
  const create = async () => {
    const included = include === "select" ? groups.join(", ") : include;
    const targets = apps === "select" ? chosenApps.join(", ") : apps;
    const policy: Policy = { id: crypto.randomUUID(), name: name.trim(), state, include: included, excluded, apps: targets, grant: mfa ? "mfa" : "none" };
    await change({ policies: [...settings.policies, policy] });
    toast(label("created"), policy.name);
    go(to.policies());
  };
  const flip = (list: string[], item: string, on: boolean) => (on ? [...list, item] : list.filter((x) => x !== item));
  const someone = include === "all" || (include === "select" && groups.length > 0);
  const summary = someone || excluded.length > 0 ? `${label(include === "all" ? "all-included" : "some-included")}${excluded.length > 0 ? ` ${label("some-excluded")}` : ""}` : label("nobody");
  return (
    <div className="p-form">
      <div className="p-form-body">
        <p>{label("about")}</p>
        <K.Text truth="ca-policy.name" label={label("name")} required placeholder={label("name-hint")} value={name} change={setName} />
        <K.Heading>{label("users")}</K.Heading>
        <p>{summary}</p>
        <K.Tabs
          label={label("users")}
          selected={side}
          change={setSide}
          items={[
            { key: "include", text: label("include"), truth: "ca-policy.include" },
            { key: "exclude", text: label("exclude"), truth: "ca-policy.exclude" },
          ]}
        />
        {side === "include" ? (
          <>
            <K.Radios
              truth="ca-policy.users"
              label={label("include")}
              selected={include}
              change={setInclude}
              options={[
                { key: "none", text: label("users-none") },
                { key: "all", text: label("users-all"), truth: "ca-policy.all-users" },
                { key: "select", text: label("users-select"), truth: "ca-policy.select-users" },
              ]}
            />
            {include === "select" && <K.Check truth="ca-policy.group" label={GROUP} checked={groups.includes(GROUP)} change={(on) => setGroups(flip(groups, GROUP, on))} />}
          </>
        ) : (
          settings.users.map((u) => (
            <K.Check key={u.id} truth={`ca-policy.excluded-user[${u.name}]`} label={u.name} checked={excluded.includes(u.id)} change={(on) => setExcluded(flip(excluded, u.id, on))} />
          ))
        )}
        <K.Heading>{label("resources")}</K.Heading>
        <K.Radios
          truth="ca-policy.resources"
          label={label("resources")}
          selected={apps}
          change={setApps}
          options={[
            { key: "none", text: label("apps-none") },
            { key: "all", text: label("apps-all") },
            { key: "select", text: label("apps-select"), truth: "ca-policy.select-resources" },
          ]}
        />
        {apps === "select" && <K.Check truth="ca-policy.resource" label={API} checked={chosenApps.includes(API)} change={(on) => setChosenApps(flip(chosenApps, API, on))} />}
        <K.Heading>{label("grant")}</K.Heading>
        <K.Check truth="ca-policy.require-mfa" label={label("grant-mfa")} checked={mfa} change={setMfa} />
        <K.Heading>{label("state")}</K.Heading>
        <K.Radios
          truth="ca-policy.state"
          label={label("state")}
          selected={state}
          change={setState}
          options={[
            { key: "report", text: label("state-report"), truth: "ca-policy.report-only" },
            { key: "on", text: label("state-on"), truth: "ca-policy.on" },
            { key: "off", text: label("state-off"), truth: "ca-policy.off" },
          ]}
        />
      </div>
      <div className="p-form-foot">
        <K.Button truth="ca-policy.create" label={label("create")} primary disabled={!name.trim()} press={create} />
      </div>
    </div>
  );
}
