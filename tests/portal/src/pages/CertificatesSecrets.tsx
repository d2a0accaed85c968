// Certificates & secrets: the table of secrets, whose values are shown once, and the pane that makes one.
import { useState } from "react";
import { type App, get, pause, post, remove } from "../base/api";
import { useEnv, useLoad } from "../base/env";
import { useKit } from "../kit";
import { Certificates, FederatedCredentials } from "./Credentials";

type Secret = App["secrets"][number];

export function CertificatesSecrets({ appId }: { appId: string }) {
  const { L, directory, session } = useEnv();
  const K = useKit();
  const path = `${directory.id}/apps/${appId}`;
  const { value: app, again } = useLoad(async () => {
    await pause(session.scenario.delays.rows);
    return get<App>(path);
  }, [path]);
  const [tab, setTab] = useState("secrets");
  const [pane, setPane] = useState(false);
  // Values live here alone: gone when the page is left, as in the real portal.
  const [fresh, setFresh] = useState<Record<string, string>>({});
  const label = (key: string, n = 0) => L(`certificates-secrets.${key}`, { n });
  const Tab = tab === "certificates" ? Certificates : FederatedCredentials;
  return (
    <>
      <K.Commands items={[{ label: label("feedback"), icon: "Heart" }]} />
      <p>{label("about")}</p>
      <K.Banner tone="info">{label("moved")}</K.Banner>
      <K.Tabs
        label={label("_title")}
        selected={tab}
        change={setTab}
        items={[
          { key: "certificates", text: label("certificates", app?.certificates.length), truth: "certificates-secrets.certificates" },
          { key: "secrets", text: label("client-secrets", app?.secrets.length), truth: "certificates-secrets.client-secrets" },
          { key: "federated", text: label("federated", app?.federated.length), truth: "certificates-secrets.federated-credentials" },
        ]}
      />
      {!app ? (
        <K.Busy />
      ) : tab === "secrets" ? (
        <Secrets app={app} fresh={fresh} add={() => setPane(true)} path={path} again={again} />
      ) : (
        <Tab app={app} path={path} again={again} />
      )}
      {pane && (
        <AddSecret
          path={path}
          close={() => setPane(false)}
          made={async (keyId, value) => {
            setPane(false);
            setFresh({ ...fresh, [keyId]: value });
            await again();
          }}
        />
      )}
    </>
  );
}

interface TableProps {
  app: App;
  fresh: Record<string, string>;
  add: () => void;
  path: string;
  again: () => Promise<void>;
}

function Secrets({ app, fresh, add, path, again }: TableProps) {
  const { L, toast } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`certificates-secrets.${key}`);
  const shown = (s: Secret) => fresh[s.keyId] ?? `${s.hint}******************`;
  const drop = async (s: Secret) => {
    await remove(`${path}/secrets/${s.keyId}`);
    await again();
    toast(label("saved"), label("saved-text"));
  };
  return (
    <>
      <p>{label("secret-about")}</p>
      <K.Commands inner items={[{ truth: "certificates-secrets.new-client-secret", label: label("new-client-secret"), icon: "Add", press: add }]} />
      {Object.keys(fresh).length > 0 && <K.Banner tone="warn">{label("once")}</K.Banner>}
      <K.Grid<Secret>
        label={label("_title")}
        rows={app.secrets}
        id={(s) => s.keyId}
        empty={label("none")}
        rowTruth={(s) => `certificates-secrets.secret-row[${s.description}]`}
        columns={[
          { key: "description", name: label("col-description"), width: 3, text: (s) => s.description, truth: (s) => `certificates-secrets.secret-name[${s.description}]` },
          { key: "expires", name: label("col-expires"), width: 2, text: (s) => new Date(s.end).toLocaleDateString("en-US"), truth: (s) => `certificates-secrets.secret-expires[${s.description}]` },
          {
            key: "value",
            name: label("col-value"),
            width: 4,
            text: shown,
            truth: (s) => `certificates-secrets.secret-value[${s.description}]`,
            show: (s) => (
              <div className="p-value">
                <span className="p-clip">{shown(s)}</span>
                {s.keyId in fresh && <K.Copy truth={`certificates-secrets.copy-value[${s.description}]`} text={fresh[s.keyId] ?? ""} label={label("copy")} />}
              </div>
            ),
          },
          {
            key: "id",
            name: label("col-id"),
            width: 4,
            text: (s) => s.keyId,
            truth: (s) => `certificates-secrets.secret-id[${s.description}]`,
            show: (s) => (
              <div className="p-value">
                <span className="p-clip">{s.keyId}</span>
                <K.Copy truth={`certificates-secrets.copy-secret-id[${s.description}]`} text={s.keyId} label={label("copy")} />
              </div>
            ),
          },
          {
            key: "delete",
            name: "",
            width: 1,
            text: () => "",
            show: (s) => <K.Icon truth={`certificates-secrets.delete[${s.description}]`} name="Delete" label={label("delete")} press={() => drop(s)} />,
          },
        ]}
      />
    </>
  );
}

const LIVES = [90, 180, 365, 545, 730];

function AddSecret({ path, close, made }: { path: string; close: () => void; made: (keyId: string, value: string) => void }) {
  const { L, session, toast } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`add-client-secret.${key}`);
  const [description, setDescription] = useState("");
  const [life, setLife] = useState("180");
  const [end, setEnd] = useState("");
  const [busy, setBusy] = useState(false);
  const days = life === "custom" ? Math.round((Date.parse(end) - Date.parse(session.now)) / 86_400_000) : Number(life);
  const order = [180, ...LIVES.filter((d) => d !== 180)];
  const add = async () => {
    setBusy(true);
    try {
      await pause(session.scenario.delays.save);
      const secret = await post<{ keyId: string; value: string }>(`${path}/secrets`, { description, days });
      toast(L("certificates-secrets.saved"), L("certificates-secrets.saved-text"));
      made(secret.keyId, secret.value);
    } catch (error) {
      toast(L("certificates-secrets.failed"), (error as Error).message, "error");
      setBusy(false);
    }
  };
  const footer = (
    <>
      <K.Button truth="add-client-secret.add" label={label("add")} primary disabled={busy || !Number.isFinite(days)} press={add} />
      <K.Button truth="add-client-secret.cancel" label={label("cancel")} press={close} />
    </>
  );
  return (
    <K.Pane truth="add-client-secret.heading" title={label("_title")} close={close} footer={footer}>
      <K.Text truth="add-client-secret.description" label={label("description")} placeholder={label("description-hint")} value={description} change={setDescription} />
      <K.Drop
        truth="add-client-secret.expires"
        label={label("expires")}
        selected={life}
        change={setLife}
        options={[
          ...order.map((d) => ({ key: String(d), text: label(`d${d}`), truth: `add-client-secret.d${d}` })),
          { key: "custom", text: label("custom"), truth: "add-client-secret.custom" },
        ]}
      />
      {life === "custom" && <K.Text truth="add-client-secret.end" label={label("end")} placeholder="YYYY-MM-DD" value={end} change={setEnd} />}
    </K.Pane>
  );
}
