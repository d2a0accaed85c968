// The shell: top bar, portal menu, breadcrumb, the blade with its menu, toasts, survey call-out.
import { useEffect, useState } from "react";
import { type App, type Principal, get, pause } from "../base/api";
import { useEnv, useLoad } from "../base/env";
import { type Route, to } from "../base/routes";
import { truth } from "../base/truth";
import { Decoys } from "../drift/Decoys";
import { KitContext } from "../kit";
import { c } from "../kit/classes";
import { fx } from "../kit/fx";
import { Glyph } from "../kit/fx-base";
import { PAGES } from "../pages";
import { FrameBlade } from "./FrameBlade";
import { Menu } from "./Menu";
import { Home, Settings } from "./Own";

export interface Toast {
  id: number;
  title: string;
  text: string;
  tone: "ok" | "error";
}

export function Shell({ route, toasts, dismiss }: { route: Route; toasts: Toast[]; dismiss: (id: number) => void }) {
  const { host, session } = useEnv();
  const [menu, setMenu] = useState(host === "entra");
  return (
    <KitContext.Provider value={fx}>
      <div className={c(`fxs-portal fxs-theme-${session.scenario.theme} fxs-mode-${session.scenario.theme}`)}>
        <TopBar flip={() => setMenu(!menu)} />
        <div className={c("fxs-portal-main")}>
          {menu && <Sidebar />}
          <main className={c("fxs-portal-content")}>
            <Crumbs route={route} />
            <Decoys place="shell" />
            {route.page === "home" ? <Home /> : route.page === "settings" ? <Settings /> : <Blade key={`${PAGES[route.page]?.menu ?? route.page} ${route.objectId ?? route.appId ?? ""}`} route={route} />}
          </main>
        </div>
        <div id="fxs-panes" />
        <Toasts toasts={toasts} dismiss={dismiss} />
        {session.scenario.survey && <Survey />}
        <iframe className={c("fxs-extension-frame")} tabIndex={-1} sandbox="allow-same-origin allow-scripts" title="" srcDoc="<p>New registration</p>" />
      </div>
    </KitContext.Provider>
  );
}

function TopBar({ flip }: { flip: () => void }) {
  const { L, session, directory, host, go } = useEnv();
  const icon = (label: string, glyph: string, act?: () => void) => (
    <a
      className={c("fxs-topbar-button fxs-menu-account")}
      href="#"
      role="button"
      title={label}
      aria-label={label}
      onClick={(event) => {
        event.preventDefault();
        act?.();
      }}
    >
      <Glyph name={glyph} />
    </a>
  );
  return (
    <header className={c("fxs-topbar")} role="banner">
      <button ref={truth("shell.menu")} type="button" className={c("fxs-topbar-sidebar-collapse-button")} aria-label={L("shell.menu")} title={L("shell.menu")} onClick={flip}>
        ≡
      </button>
      <a
        className={c("fxs-topbar-home")}
        href="#home"
        onClick={(event) => {
          event.preventDefault();
          go("#home");
        }}
      >
        {L(host === "azure" ? "shell.azure" : "shell.entra")}
      </a>
      <span className="p-practice">practice</span>
      <div className={c("fxs-search fxs-topbar-search")} role="search">
        <input
          ref={truth("shell.search")}
          type="text"
          role="combobox"
          aria-expanded="false"
          aria-autocomplete="list"
          aria-label={L("shell.search")}
          placeholder={L("shell.search")}
          autoComplete="off"
        />
      </div>
      <div className={c("fxs-topbar-buttons")} role="toolbar">
        {icon(L("shell.notifications"), "Bell")}
        {icon(L("shell.settings"), "Gear", () => go(to.settings()))}
        {icon(L("shell.help"), "Help")}
        {icon(L("shell.feedback"), "Heart")}
      </div>
      <button type="button" className={c("fxs-avatarmenu fxs-dropmenu-button")} aria-haspopup="true" aria-label={`${session.user.upn} ${directory.name}`}>
        <div className={c("fxs-avatarmenu-header")}>
          <div className={c("fxs-avatarmenu-username")}>{session.user.upn}</div>
          <div ref={truth("shell.directory")} className={c("fxs-avatarmenu-tenant")}>{`${directory.name} (${directory.initialDomain})`}</div>
        </div>
      </button>
    </header>
  );
}

function Sidebar() {
  const { L, host, go } = useEnv();
  const item = (label: string, hash?: string) => (
    <li key={label} className={c("fxs-sidebar-item")}>
      <a
        className={c("fxs-sidebar-item-link")}
        href={hash ?? "#"}
        title={label}
        onClick={(event) => {
          event.preventDefault();
          if (hash) go(hash);
        }}
      >
        <div className={c("fxs-sidebar-label-name")}>{label}</div>
      </a>
    </li>
  );
  const own =
    host === "azure"
      ? [item(L("nav.dashboard")), item(L("nav.all-services")), item(L("nav.entra"), to.directory("Overview")), item(L("nav.apps"), to.apps())]
      : [
          item(L("nav.overview"), to.directory("Overview")),
          item(L("nav.users"), to.users()),
          item(L("nav.groups")),
          item(L("nav.devices")),
          item(L("nav.apps"), to.apps()),
          item(L("nav.enterprise"), to.principals()),
          item(L("nav.roles")),
          item(L("nav.conditional-access"), to.policies()),
        ];
  return (
    <nav className={c("fxs-sidebar")} aria-label={L("shell.menu")}>
      <ul className={c("fxs-sidebar-bar")}>
        {item(L("shell.home"), "#home")}
        {host === "entra" && <li className={c("fxs-sidebar-section")}>{L("nav.entra-group")}</li>}
        {own}
      </ul>
    </nav>
  );
}

/** The name of the enterprise application an address is about. */
function usePrincipalName(route: Route): string | undefined {
  const { directory } = useEnv();
  const { value } = useLoad(
    async () => (route.objectId ? (await get<Principal[]>(`${directory.id}/principals`)).find((p) => p.objectId === route.objectId)?.displayName : undefined),
    [route.objectId, directory.id],
  );
  return value;
}

function Crumbs({ route }: { route: Route }) {
  const { L, go, directory } = useEnv();
  const { value: app } = useLoad(
    async () => (route.appId && !route.objectId ? get<App>(`${directory.id}/apps/${route.appId}`) : undefined),
    [route.appId, directory.id],
  );
  const crumbs: [string, string][] = [[L("shell.home"), "#home"]];
  if (route.objectId) crumbs.push([L("enterprise-apps._title"), to.principals()]);
  else if (route.page === "register-application" || route.appId) crumbs.push([L("app-registrations._title"), to.apps()]);
  if (route.appId && app) crumbs.push([app.displayName, to.app("Overview", route.appId)]);
  return (
    <ul className={c("fxs-breadcrumb")} aria-label="breadcrumb">
      {crumbs.map(([text, hash]) => (
        <li key={hash} className={c("fxs-breadcrumb-item")}>
          <a
            className={c("fxs-breadcrumb-crumb")}
            href={hash}
            title={text}
            onClick={(event) => {
              event.preventDefault();
              go(hash);
            }}
          >
            {text}
          </a>
        </li>
      ))}
    </ul>
  );
}

function useTitle(route: Route): [string, string] {
  const { L, directory } = useEnv();
  const principal = usePrincipalName(route);
  const { value: app } = useLoad(
    async () => (route.appId && !route.objectId ? get<App>(`${directory.id}/apps/${route.appId}`) : undefined),
    [route.appId, directory.id],
  );
  if (PAGES[route.page]?.menu === "app") {
    const item = PAGES[route.page]?.item ?? route.page;
    const part = item === "overview" ? "" : ` | ${L(`app-menu.${item}`)}`;
    return [(app?.displayName ?? "") + part, ""];
  }
  if (PAGES[route.page]?.menu === "managed") {
    const item = PAGES[route.page]?.item ?? "";
    return [`${principal ?? ""}${item === "overview" ? "" : ` | ${L(`enterprise-app-menu.${item}`)}`}`, L("enterprise-app-menu.kind")];
  }
  if (route.page === "entra-properties") return [`${directory.name} | ${L("entra-properties._title")}`, L("nav.entra")];
  if (route.page === "entra-overview") return [`${directory.name} | ${L("entra-overview._title")}`, L("nav.entra")];
  return [L(`${route.page}._title`), directory.name];
}

function Blade({ route }: { route: Route }) {
  const page = PAGES[route.page];
  const [title, subtitle] = useTitle(route);
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (!page) return null;
  return (
    <section className={c("fxs-blade fxs-stacklayout-item fxs-blade-locked")} aria-label={title}>
      <header className={c("fxs-blade-header")}>
        <h2 ref={truth(`${route.page}.heading`)} className={c("fxs-blade-title-titleText msportalfx-tooltip-overflow")}>{title}</h2>
        <div className={c("fxs-blade-title-subtitleText")}>{subtitle}</div>
      </header>
      <div className={c("fxs-blade-content-container")}>
        {page.menu && <Menu kind={page.menu} route={route} current={page.item ?? route.page} />}
        <div className={c("fxs-blade-content-wrapper fxs-blade-content")}>
          <Content key={route.page} route={route} title={title} />
        </div>
      </div>
    </section>
  );
}

/** What the blade holds, drawn after the delay a scenario asks for. */
function Content({ route, title }: { route: Route; title: string }) {
  const { session } = useEnv();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let live = true;
    pause(session.scenario.delays.blade).then(() => live && setReady(true));
    return () => {
      live = false;
    };
  }, [session]);
  const page = PAGES[route.page];
  if (!ready || !page) return <fx.Busy />;
  return session.scenario.frame === "react" ? <FrameBlade route={route} view={page.view} title={title} /> : (
    <>
      <Decoys place="before" />
      {page.draw(route)}
      <Decoys place="after" />
    </>
  );
}

function Toasts({ toasts, dismiss }: { toasts: Toast[]; dismiss: (id: number) => void }) {
  const { L } = useEnv();
  return (
    <div className={c("fxs-toast")} role="region" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={c(`fxs-toast-item fxs-popup fxs-toast-${toast.tone}`)} role="alert">
          <div className={c("fxs-toast-title")}>{toast.title}</div>
          <div className={c("fxs-toast-description")}>{toast.text}</div>
          <button type="button" className={c("fxs-toast-close fxs-portal-svg")} aria-label={L("shell.dismiss")} onClick={() => dismiss(toast.id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}

function Survey() {
  const { L } = useEnv();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOpen(true), 1500);
    return () => clearTimeout(timer);
  }, []);
  if (!open) return null;
  return (
    <div className={c("fxs-nps-callout fxs-popup")} role="dialog" aria-label={L("shell.survey")}>
      <div>{L("shell.survey")}</div>
      <div className={c("fxs-nps-buttons")}>
        <button type="button" onClick={() => setOpen(false)}>
          {L("shell.survey-yes")}
        </button>
        <button type="button" onClick={() => setOpen(false)}>
          {L("shell.survey-no")}
        </button>
      </div>
    </div>
  );
}
