// Authentication: platforms and redirect URIs. Before, each platform was a section of its own with "Add URI" and one
// "Save" for the page; today a pane adds one redirect URI at a time.
import { useState } from "react";
import { type App, get, pause, post } from "../base/api";
import { useEnv, useLoad } from "../base/env";
import { useKit } from "../kit";

type Redirect = App["redirects"][number];

const PLATFORMS = ["Web", "Spa", "Public"];

export function Authentication({ appId }: { appId: string }) {
  const { L, directory, session, toast } = useEnv();
  const K = useKit();
  const path = `${directory.id}/apps/${appId}`;
  const { value: app, again } = useLoad(() => get<App>(path), [path]);
  const [edited, setEdited] = useState<Redirect[]>();
  const [pane, setPane] = useState(false);
  const label = (key: string) => L(`app-authentication.${key}`);
  const rows = edited ?? app?.redirects ?? [];
  const old = session.scenario.labels === "old";
  const save = async (redirects: Redirect[]) => {
    await pause(session.scenario.delays.save);
    await post(`${path}/redirects`, { redirects: redirects.filter((r) => r.uri.trim()) });
    setEdited(undefined);
    setPane(false);
    await again();
    toast(label("saved"), label("saved-text"));
  };
  const platforms = PLATFORMS.filter((p) => rows.some((r) => r.platform === p));
  if (!app) return <K.Busy />;
  return (
    <>
      <K.Commands
        items={
          old
            ? [
                { truth: "app-authentication.save", label: label("save"), icon: "Save", telemetry: "Command-Save", disabled: !edited, press: () => save(rows) },
                { label: label("discard"), icon: "Cancel", disabled: !edited, press: () => setEdited(undefined) },
                { label: label("feedback"), icon: "Heart" },
              ]
            : [{ label: label("feedback"), icon: "Heart" }]
        }
      />
      <K.Heading>{label(old ? "platforms" : "redirects")}</K.Heading>
      <p>{label("about")}</p>
      <K.Commands
        inner
        items={[
          {
            truth: old ? "app-authentication.add-platform" : "app-authentication.add",
            label: label(old ? "add-platform" : "add-redirect-uri"),
            icon: "Add",
            press: () => setPane(true),
          },
        ]}
      />
      {platforms.map((platform) => (
        <section key={platform}>
          <K.Heading>{label(platform)}</K.Heading>
          {rows.map(
            (row, i) =>
              row.platform === platform && (
                <K.Text
                  key={i}
                  truth={row.uri === "" ? "app-authentication.new-uri" : `app-authentication.listed[${row.uri}]`}
                  label={label("uri")}
                  hidden
                  placeholder="e.g. https://example.com/auth"
                  value={row.uri}
                  change={(uri) => setEdited(rows.map((r, n) => (n === i ? { ...r, uri } : r)))}
                />
              ),
          )}
          {old && <K.Link truth="app-authentication.add" label={label("add-uri")} press={() => setEdited([...rows, { platform, uri: "" }])} />}
        </section>
      ))}
      {!old && edited && <K.Button truth="app-authentication.save" label={label("save")} primary press={() => save(rows)} />}
      {pane && <AddUri close={() => setPane(false)} add={(r) => save([...rows, r])} />}
    </>
  );
}

function AddUri({ close, add }: { close: () => void; add: (redirect: Redirect) => void }) {
  const { L } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`app-authentication.${key}`);
  const [platform, setPlatform] = useState<string>();
  const [uri, setUri] = useState("");
  const bad = uri !== "" && !/^(https:\/\/|http:\/\/localhost)/.test(uri);
  return (
    <K.Pane
      truth="app-authentication.pane"
      title={platform ? label(`configure-${platform}`) : label("configure")}
      close={close}
      footer={
        platform && (
          <>
            <K.Button
              truth="app-authentication.save"
              label={label("configure-button")}
              primary
              disabled={!uri.trim() || bad}
              press={() => add({ platform, uri: uri.trim() })}
            />
            <K.Button label={label("cancel")} press={close} />
          </>
        )
      }
    >
      {!platform ? (
        <div className="p-tiles">
          {PLATFORMS.map((p) => (
            <K.Tile key={p} truth={p === "Web" ? "app-authentication.web" : `app-authentication.platform[${p}]`} title={label(p)} text={label(`about-${p}`)} press={() => setPlatform(p)} />
          ))}
        </div>
      ) : (
        <K.Text
          truth="app-authentication.new-uri"
          label={label("uri")}
          required
          placeholder={label("uri-hint")}
          error={bad ? label("uri-bad") : undefined}
          value={uri}
          change={setUri}
        />
      )}
    </K.Pane>
  );
}
