// The two tabs beside client secrets: certificates and federated credentials, each with the pane that adds one.
import { useState } from "react";
import { type App, post, remove } from "../base/api";
import { useEnv } from "../base/env";
import { useKit } from "../kit";

interface Props {
  app: App;
  path: string;
  again: () => Promise<void>;
}

type Certificate = App["certificates"][number];
type Federated = App["federated"][number];

function useSaved() {
  const { L, toast } = useEnv();
  return (problem?: unknown) =>
    problem
      ? toast(L("certificates-secrets.failed"), (problem as Error).message, "error")
      : toast(L("certificates-secrets.saved"), L("certificates-secrets.saved-text"));
}

export function Certificates({ app, path, again }: Props) {
  const { L } = useEnv();
  const K = useKit();
  const saved = useSaved();
  const label = (key: string) => L(`certificates-secrets.${key}`);
  const [pane, setPane] = useState(false);
  const [file, setFile] = useState("");
  const [description, setDescription] = useState("");
  const add = async () => {
    try {
      await post(`${path}/certificates`, { certificate: file, description });
      setPane(false);
      saved();
      await again();
    } catch (problem) {
      saved(problem);
    }
  };
  const drop = async (c: Certificate) => {
    await remove(`${path}/certificates/${c.keyId}`);
    await again();
    saved();
  };
  const day = (time: string) => new Date(time).toLocaleDateString("en-US");
  return (
    <>
      <p>{label("cert-about")}</p>
      <K.Commands inner items={[{ truth: "certificates-secrets.upload-certificate", label: label("upload-certificate"), icon: "Upload", press: () => setPane(true) }]} />
      <K.Grid<Certificate>
        label={label("cert-grid")}
        rows={app.certificates}
        id={(c) => c.keyId}
        empty={label("no-certificates")}
        rowTruth={(c) => `certificates-secrets.certificate-row[${c.thumbprint}]`}
        columns={[
          { key: "thumbprint", name: label("col-thumbprint"), width: 4, text: (c) => c.thumbprint, truth: (c) => `certificates-secrets.thumbprint[${c.description}]` },
          { key: "description", name: label("col-description"), width: 3, text: (c) => c.description },
          { key: "start", name: label("col-start"), width: 2, text: (c) => day(c.start) },
          { key: "expires", name: label("col-expires"), width: 2, text: (c) => day(c.end), truth: (c) => `certificates-secrets.certificate-expires[${c.description}]` },
          { key: "id", name: label("col-certificate-id"), width: 4, text: (c) => c.keyId },
          {
            key: "delete",
            name: "",
            width: 1,
            text: () => "",
            show: (c) => <K.Icon truth={`certificates-secrets.delete-certificate[${c.thumbprint}]`} name="Delete" label={label("delete")} press={() => drop(c)} />,
          },
        ]}
      />
      {pane && (
        <K.Pane
          truth="upload-certificate.heading"
          title={L("upload-certificate._title")}
          close={() => setPane(false)}
          footer={
            <>
              <K.Button truth="upload-certificate.add" label={L("add-client-secret.add")} primary disabled={!file} press={add} />
              <K.Button truth="upload-certificate.cancel" label={L("add-client-secret.cancel")} press={() => setPane(false)} />
            </>
          }
        >
          <p>{L("upload-certificate.about")}</p>
          <K.File truth="upload-certificate.file" label={L("upload-certificate.file")} read={setFile} />
          <K.Text truth="upload-certificate.description" label={label("col-description")} placeholder={L("upload-certificate.hint")} value={description} change={setDescription} />
        </K.Pane>
      )}
    </>
  );
}

export function FederatedCredentials({ app, path, again }: Props) {
  const { L } = useEnv();
  const K = useKit();
  const saved = useSaved();
  const label = (key: string) => L(`certificates-secrets.${key}`);
  const [pane, setPane] = useState(false);
  const drop = async (f: Federated) => {
    await remove(`${path}/federated/${encodeURIComponent(f.name)}`);
    await again();
    saved();
  };
  return (
    <>
      <p>{label("federated-about")}</p>
      <K.Commands inner items={[{ truth: "certificates-secrets.add-credential", label: label("add-credential"), icon: "Add", press: () => setPane(true) }]} />
      <K.Grid<Federated>
        label={label("federated-grid")}
        rows={app.federated}
        id={(f) => f.name}
        empty={label("no-federated")}
        columns={[
          { key: "name", name: label("col-name"), width: 3, text: (f) => f.name, truth: (f) => `certificates-secrets.federated-row[${f.name}]` },
          { key: "description", name: label("col-description"), width: 3, text: (f) => f.description },
          { key: "subject", name: label("col-subject"), width: 4, text: (f) => f.subject, truth: (f) => `certificates-secrets.federated-subject[${f.name}]` },
          {
            key: "delete",
            name: "",
            width: 1,
            text: () => "",
            show: (f) => <K.Icon truth={`certificates-secrets.delete[${f.name}]`} name="Delete" label={label("delete")} press={() => drop(f)} />,
          },
        ]}
      />
      {pane && <AddFederated path={path} close={() => setPane(false)} again={again} />}
    </>
  );
}

const SCENARIOS = ["cmk", "github", "kubernetes", "managed", "other"];

function AddFederated({ path, close, again }: { path: string; close: () => void; again: () => Promise<void> }) {
  const { L } = useEnv();
  const K = useKit();
  const saved = useSaved();
  const label = (key: string) => L(`add-credential.${key}`);
  const [scenario, setScenario] = useState<string>();
  const [values, setValues] = useState<Record<string, string>>({ audience: "api://AzureADTokenExchange" });
  const value = (key: string) => values[key] ?? "";
  const field = (key: string, required = true) => (
    <K.Text
      truth={`add-federated-credential.${key}`}
      label={label(key)}
      placeholder={label(`${key}-hint`)}
      required={required}
      value={value(key)}
      change={(text) => setValues({ ...values, [key]: text })}
    />
  );
  const add = async () => {
    try {
      const trimmed = Object.fromEntries(["name", "issuer", "subject", "audience", "description"].map((key) => [key, value(key).trim()]));
      await post(`${path}/federated`, trimmed);
      close();
      saved();
      await again();
    } catch (problem) {
      saved(problem);
    }
  };
  const full = ["name", "issuer", "subject", "audience"].every((key) => value(key).trim());
  return (
    <K.Pane
      truth="add-federated-credential.heading"
      title={label("_title")}
      close={close}
      footer={
        <>
          <K.Button truth="add-federated-credential.add" label={L("add-client-secret.add")} primary disabled={!full} press={add} />
          <K.Button truth="add-federated-credential.cancel" label={L("add-client-secret.cancel")} press={close} />
        </>
      }
    >
      <p>{label("about")}</p>
      <K.Drop
        truth="add-federated-credential.scenario"
        label={label("scenario")}
        placeholder={label("scenario-hint")}
        selected={scenario}
        change={setScenario}
        options={SCENARIOS.map((key) => ({ key, text: label(`scenario-${key}`), truth: `add-federated-credential.scenario-${key}` }))}
      />
      {scenario && (
        <>
          <K.Heading>{label("connect")}</K.Heading>
          {field("issuer")}
          {field("subject")}
          <K.Heading>{label("details")}</K.Heading>
          {field("name")}
          {field("description", false)}
          {field("audience")}
        </>
      )}
    </K.Pane>
  );
}
