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

const STATES = ["report", "on", "off"];

export function NewPolicy() {
  const { L, go, toast } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`ca-policy.${key}`);
  const { settings, change } = useSettings();
  const [name, setName] = useState("");
  const [include, setInclude] = useState("none");
  const [excluded, setExcluded] = useState<string[]>([]);
  const [apps, setApps] = useState("none");
  const [grant, setGrant] = useState("block");
  const [state, setState] = useState("report");
  if (!settings) return <K.Busy />;
  const create = async () => {
    const policy: Policy = { id: crypto.randomUUID(), name: name.trim(), state, include, excluded, apps, grant };
    await change({ policies: [...settings.policies, policy] });
    toast(label("created"), policy.name);
    go(to.policies());
  };
  const options = (group: string, keys: string[]) => keys.map((key) => ({ key, text: label(`${group}-${key}`), truth: `ca-policy.${group}-${key}` }));
  return (
    <div className="p-form">
      <div className="p-form-body">
        <p>{label("about")}</p>
        <K.Text truth="ca-policy.name" label={label("name")} required placeholder={label("name-hint")} value={name} change={setName} />
        <K.Heading>{label("users")}</K.Heading>
        <K.Radios truth="ca-policy.include" label={label("include")} selected={include} change={setInclude} options={options("users", ["none", "all"])} />
        <p>{label("exclude")}</p>
        {settings.users.map((u) => (
          <K.Check
            key={u.id}
            truth={`ca-policy.exclude[${u.name}]`}
            label={u.name}
            checked={excluded.includes(u.id)}
            change={(on) => setExcluded(on ? [...excluded, u.id] : excluded.filter((id) => id !== u.id))}
          />
        ))}
        <K.Heading>{label("resources")}</K.Heading>
        <K.Radios truth="ca-policy.apps" label={label("resources")} selected={apps} change={setApps} options={options("apps", ["none", "all"])} />
        <K.Heading>{label("grant")}</K.Heading>
        <K.Radios truth="ca-policy.grant" label={label("grant")} selected={grant} change={setGrant} options={options("grant", ["block", "mfa"])} />
        <K.Heading>{label("state")}</K.Heading>
        <K.Radios truth="ca-policy.state" label={label("state")} selected={state} change={setState} options={options("state", STATES)} />
      </div>
      <div className="p-form-foot">
        <K.Button truth="ca-policy.create" label={label("create")} primary disabled={!name.trim()} press={create} />
      </div>
    </div>
  );
}
