// Register an application: name, account types (a drop-down list today, radio buttons before), redirect URI.
import { useState } from "react";
import { type App, pause, post } from "../base/api";
import { useEnv } from "../base/env";
import { to } from "../base/routes";
import { useKit } from "../kit";

const AUDIENCES = [
  ["single-tenant", "AzureADMyOrg"],
  ["multi", "AzureADMultipleOrgs"],
  ["multi-personal", "AzureADandPersonalMicrosoftAccount"],
  ["personal", "PersonalMicrosoftAccount"],
] as const;

export function RegisterApplication() {
  const { L, directory, go, session, toast } = useEnv();
  const K = useKit();
  const [name, setName] = useState("");
  const [touched, setTouched] = useState(false);
  const [audience, setAudience] = useState<string>("AzureADMyOrg");
  const [platform, setPlatform] = useState<string>();
  const [uri, setUri] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const old = session.scenario.labels === "old";
  const options = AUDIENCES.map(([key, value]) => ({
    key: value,
    text: L(`register-application.${key}`, { tenant: directory.name }),
    truth: `register-application.${key}`,
  }));
  const register = async () => {
    setTouched(true);
    if (!name.trim()) return;
    if (uri.trim() && !platform) return setProblem(L("register-application.need-platform"));
    setBusy(true);
    try {
      await pause(session.scenario.delays.save);
      const redirects = platform && uri.trim() ? [{ platform, uri: uri.trim() }] : [];
      const app = await post<App>(`${directory.id}/apps`, { displayName: name.trim(), audience, redirects });
      toast(L("register-application.done"), L("register-application.done-text", { name: app.displayName }));
      go(to.app("Overview", app.appId));
    } catch (error) {
      toast(L("register-application.failed"), (error as Error).message, "error");
    }
    setBusy(false);
  };
  const account = { truth: "register-application.account-types", label: L("register-application.account-types"), options, selected: audience, change: setAudience };
  return (
    <div className="p-form">
      <div className="p-form-body">
        <K.Text
          truth="register-application.name"
          label={L("register-application.name")}
          about={L("register-application.intro")}
          value={name}
          required
          error={touched && !name.trim() ? L("register-application.need-name") : undefined}
          change={(v) => {
            setName(v);
            setTouched(true);
          }}
        />
        <K.Heading>{L("register-application.account-types")}</K.Heading>
        <p>{L("register-application.who")}</p>
        {old ? <K.Radios {...account} /> : <K.Drop {...account} hidden />}
        <K.Heading>{L("register-application.redirect")}</K.Heading>
        <p>{L("register-application.redirect-text")}</p>
        <div className="p-row">
          <K.Drop
            truth="register-application.redirect-platform"
            label={L("register-application.redirect-platform")}
            placeholder={L("register-application.redirect-platform")}
            hidden
            selected={platform}
            change={setPlatform}
            options={[
              { key: "Public", text: L("register-application.public"), truth: "register-application.public" },
              { key: "Web", text: L("register-application.web"), truth: "register-application.web" },
              { key: "Spa", text: L("register-application.spa"), truth: "register-application.spa" },
            ]}
          />
          <K.Text
            truth="register-application.redirect-uri"
            label={L("register-application.redirect-uri")}
            placeholder="e.g. https://example.com/auth"
            hidden
            value={uri}
            change={setUri}
          />
        </div>
        {problem && <K.Banner tone="error">{problem}</K.Banner>}
      </div>
      <div className="p-form-foot">
        <p>{L("register-application.policies")}</p>
        <K.Button truth="register-application.register" label={L("register-application.register")} primary disabled={busy} press={register} />
      </div>
    </div>
  );
}
