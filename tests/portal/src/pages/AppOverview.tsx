// An app's overview: Essentials with its ids.
import { type App, get, remove } from "../base/api";
import { useEnv, useLoad } from "../base/env";
import { to } from "../base/routes";
import { useKit } from "../kit";

export function AppOverview({ appId }: { appId: string }) {
  const { L, directory, go } = useEnv();
  const K = useKit();
  const { value: app } = useLoad(() => get<App>(`${directory.id}/apps/${appId}`), [directory.id, appId]);
  if (!app) return <K.Busy />;
  const drop = async () => {
    await remove(`${directory.id}/apps/${appId}`);
    go(to.apps());
  };
  const label = (key: string) => L(`app-overview.${key}`);
  const fact = (key: string, value: string, copy = true) => ({ label: label(key), value, truth: `app-overview.${key}`, copy });
  return (
    <>
      <K.Commands
        items={[
          { truth: "app-overview.delete", label: label("delete"), icon: "Delete", press: drop },
          { label: label("endpoints"), icon: "Globe" },
          { label: label("preview"), icon: "View" },
        ]}
      />
      <K.Facts
        title={L("shell.essentials")}
        items={[
          { ...fact("display-name", app.displayName, false), link: () => go(to.app("Branding", appId)) },
          fact("client-id", app.appId),
          fact("object-id", app.objectId),
          fact("tenant-id", directory.id),
          { label: label("types"), truth: "app-overview.account-types", value: label(app.audience === "AzureADMyOrg" ? "single" : "multiple"), link: () => go(to.app("Authentication", appId)) },
          {
            label: label("credentials"),
            value: app.secrets.length ? L("app-overview.credential-count", { n: app.secrets.length }) : label("add-credential"),
            link: () => go(to.app("Credentials", appId)),
          },
          {
            label: label("redirects"),
            value: app.redirects.length ? L("app-overview.redirect-count", { n: app.redirects.length }) : label("add-redirect"),
            link: () => go(to.app("Authentication", appId)),
          },
          { label: label("id-uri"), value: label("add-id-uri"), link: () => undefined },
          { label: label("managed"), value: app.displayName, link: () => undefined },
        ]}
      />
      <K.Banner tone="info">{label("welcome")}</K.Banner>
      <K.Tabs
        label={label("get-started")}
        selected="start"
        change={() => undefined}
        items={[
          { key: "start", text: label("get-started") },
          { key: "docs", text: label("documentation") },
        ]}
      />
      <div className="p-centre">
        <h2>{label("build")}</h2>
        <p>{label("build-text")}</p>
      </div>
    </>
  );
}
