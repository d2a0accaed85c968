// Expose an API: the application's own URI and its scopes.
import { useState } from "react";
import { type App, get, post } from "../base/api";
import { useEnv, useLoad } from "../base/env";
import { useKit } from "../kit";

type Scope = App["exposed"]["scopes"][number];

export function ExposeApi({ appId }: { appId: string }) {
  const { L, directory, toast } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`expose-api.${key}`);
  const path = `${directory.id}/apps/${appId}`;
  const { value: app, again } = useLoad(() => get<App>(path), [path]);
  const [pane, setPane] = useState<"uri" | "scope">();
  const [text, setText] = useState("");
  const [who, setWho] = useState("admins");
  if (!app) return <K.Busy />;
  const save = async (exposed: App["exposed"]) => {
    await post(`${path}/expose`, exposed);
    setPane(undefined);
    await again();
    toast(label("saved"), app.displayName);
  };
  const open = (kind: "uri" | "scope") => {
    setText(kind === "uri" ? `api://${appId}` : "");
    setPane(kind);
  };
  const store = () =>
    pane === "uri" ? save({ ...app.exposed, uri: text.trim() }) : save({ uri: app.exposed.uri || `api://${appId}`, scopes: [...app.exposed.scopes, { name: text.trim(), who }] });
  return (
    <>
      <K.Commands items={[{ label: L("app-registrations.feedback"), icon: "Heart" }]} />
      <div className="p-row">
        <span>{label("uri")}</span>
        {app.exposed.uri ? <span>{app.exposed.uri}</span> : <K.Link truth="expose-api.add-uri" label={label("add")} press={() => open("uri")} />}
      </div>
      <K.Heading>{label("scopes")}</K.Heading>
      <p>{label("about")}</p>
      <K.Commands inner items={[{ truth: "expose-api.add-scope", label: label("add-scope"), icon: "Add", press: () => open(app.exposed.uri ? "scope" : "uri") }]} />
      <K.Grid<Scope>
        label={label("scopes")}
        rows={app.exposed.scopes}
        id={(s) => s.name}
        empty={label("none")}
        columns={[
          { key: "name", name: label("scopes"), width: 4, text: (s) => `${app.exposed.uri}/${s.name}`, truth: (s) => `expose-api.scope[${s.name}]` },
          { key: "who", name: label("who"), width: 2, text: (s) => label(s.who) },
        ]}
      />
      {pane && (
        <K.Pane
          truth="expose-api.pane"
          title={label(pane === "uri" ? "uri-title" : "add-scope")}
          close={() => setPane(undefined)}
          footer={
            <>
              <K.Button truth={pane === "uri" ? "expose-api.save" : "expose-api.confirm-scope"} label={label(pane === "uri" ? "save" : "confirm-scope")} primary disabled={!text.trim()} press={store} />
              <K.Button truth="expose-api.cancel" label={L("add-client-secret.cancel")} press={() => setPane(undefined)} />
            </>
          }
        >
          <K.Text truth={pane === "uri" ? "expose-api.uri" : "expose-api.scope-name"} label={label(pane === "uri" ? "uri" : "scope-name")} required value={text} change={setText} />
          {pane === "scope" && (
            <K.Radios
              truth="expose-api.who"
              label={label("who")}
              selected={who}
              change={setWho}
              options={["all", "admins"].map((key) => ({ key, text: label(key), truth: key === "admins" ? "expose-api.admins-only" : `expose-api.who-${key}` }))}
            />
          )}
        </K.Pane>
      )}
    </>
  );
}
