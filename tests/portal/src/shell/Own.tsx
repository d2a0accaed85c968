// The shell's own pages: home, and the settings where the directory is switched.
import { useEnv } from "../base/env";
import { to } from "../base/routes";
import { truth } from "../base/truth";
import { useKit } from "../kit";
import { c } from "../kit/classes";
import type { Directory, Session } from "../base/api";

export function Home() {
  const { L, host, go } = useEnv();
  const K = useKit();
  document.title = L("shell.home");
  return (
    <section className={c("fxs-blade fxs-home")} aria-label={L("shell.home")}>
      <header className={c("fxs-blade-header")}>
        <h2 className={c("fxs-blade-title-titleText")}>{L("home.welcome", { portal: L(host === "azure" ? "shell.azure" : "shell.entra") })}</h2>
      </header>
      <div className={c("fxs-blade-content")}>
        <K.Heading>{L("home.services")}</K.Heading>
        <div className="p-tiles">
          <K.Tile title={L("nav.entra")} text="" press={() => go(to.directory("Overview"))} />
          <K.Tile title={L("nav.apps")} text="" press={() => go(to.apps())} />
        </div>
      </div>
    </section>
  );
}

/** Remembers the directory for this browser. */
export function remember(session: Session, directory: Directory): void {
  localStorage.setItem("practice.directory", `${session.world} ${session.directory} ${directory.id}`);
}

/** Loads the portal anew in another directory. */
export function switchTo(directory: Directory, session: Session): void {
  remember(session, directory);
  location.hash = `#@${directory.initialDomain}/home`;
  location.reload();
}

export function Settings() {
  const { L, session, directory } = useEnv();
  const K = useKit();
  document.title = L("settings._title");
  return (
    <section className={c("fxs-blade fxs-settings")} aria-label={L("settings._title")}>
      <header className={c("fxs-blade-header")}>
        <h2 className={c("fxs-blade-title-titleText")}>{L("settings._title")}</h2>
      </header>
      <div className={c("fxs-blade-content")}>
        <p>{`${L("settings.current")}: ${directory.name} (${directory.initialDomain})`}</p>
        <K.Heading>{L("settings.all")}</K.Heading>
        <K.Grid<Directory>
          label={L("settings.all")}
          rows={session.directories}
          id={(d) => d.id}
          columns={[
            { key: "name", name: L("settings.name"), width: 2, text: (d) => d.name },
            { key: "domain", name: L("settings.domain"), width: 3, text: (d) => d.initialDomain },
            { key: "id", name: L("settings.id"), width: 3, text: (d) => d.id },
            {
              key: "switch",
              name: "",
              width: 1,
              text: (d) => L(d.id === directory.id ? "settings.is-current" : "settings.switch"),
              show: (d) =>
                d.id === directory.id ? (
                  <span>{L("settings.is-current")}</span>
                ) : (
                  <button ref={truth(`settings.switch[${d.name}]`)} type="button" className={c("fxs-button fxs-portal-button")} onClick={() => switchTo(d, session)}>
                    {L("settings.switch")}
                  </button>
                ),
            },
          ]}
        />
      </div>
    </section>
  );
}
