// The left menu of a resource: a search box, single items and groups that open and close.
import { useState } from "react";
import { useEnv } from "../base/env";
import { to } from "../base/routes";
import { truth } from "../base/truth";
import type { Route } from "../base/routes";
import type { MenuKind } from "../pages";
import { drift, shuffled, telemetry, title } from "../drift/drift";
import { c } from "../kit/classes";
import { Glyph } from "../kit/fx-base";

interface Item {
  label: string;
  truth?: string;
  telemetry: string;
  hash?: string;
}

interface Group {
  key: string;
  label: string;
  truth?: string;
  items: Item[];
}

type Entry = Item | Group;

function useEntries(kind: MenuKind, route: Route): Entry[] {
  const { L } = useEnv();
  const appId = route.appId ?? "";
  if (kind === "enterprise" || kind === "managed") {
    const item = (key: string, telemetry: string, hash?: string): Item => ({
      label: L(`enterprise-app-menu.${key}`),
      truth: `${kind === "managed" ? "enterprise-app-menu" : "enterprise-menu"}.${key}`,
      telemetry: `Menu-${telemetry}`,
      hash,
    });
    const there = (page: string) => to.principal(page, route.objectId ?? "", appId);
    if (kind === "enterprise")
      return [
        item("overview", "Overview"),
        { key: "manage", label: L("nav.manage"), items: [item("all", "AppAppsPreview", to.principals()), item("proxy", "AppProxy"), item("user-settings", "UserSettings")] },
        { key: "security", label: L("nav.security"), items: [item("conditional-access", "ConditionalAccess"), item("consent", "ConsentPolicies")] },
      ];
    return [
      item("overview", "Overview", there("Overview")),
      item("plan", "DeploymentPlan"),
      {
        key: "manage",
        label: L("nav.manage"),
        truth: "enterprise-app-menu.manage",
        items: [item("properties", "Properties", there("Properties")), item("owners", "Owners"), item("users", "UsersAndGroups"), item("sso", "SignOn"), item("provisioning", "Provisioning")],
      },
      {
        key: "security",
        label: L("nav.security"),
        truth: "enterprise-app-menu.security",
        items: [item("conditional-access", "ConditionalAccess"), item("permissions", "Permissions", there("Permissions")), item("token", "TokenEncryption")],
      },
      { key: "activity", label: L("enterprise-app-menu.activity"), items: [item("sign-ins", "SignIns"), item("audit", "Audit")] },
    ];
  }
  if (kind === "directory") {
    const item = (key: string, telemetry: string, hash?: string): Item => ({ label: L(`nav.${key}`), telemetry, hash, truth: `entra-menu.${key}` });
    return [
      item("overview", "Menu-Overview", to.directory("Overview")),
      {
        key: "manage",
        label: L("nav.manage"),
        items: [
          item("users", "Menu-Users", to.users()),
          item("groups", "Menu-Groups"),
          item("roles", "Menu-RolesAndAdministrators"),
          item("enterprise", "Menu-EnterpriseApps", to.principals()),
          item("devices", "Menu-Devices"),
          item("apps", "Menu-RegisteredApps", to.apps()),
          item("licenses", "Menu-Licenses"),
          item("domains", "Menu-Domains"),
          item("properties", "Menu-Properties", to.directory("Properties")),
        ],
      },
      { key: "security", label: L("nav.security"), items: [item("security", "Menu-Security")] },
    ];
  }
  const item = (key: string, telemetry: string, route?: string): Item => ({
    label: L(`app-menu.${key}`),
    truth: `app-menu.${key}`,
    telemetry: `Menu-${telemetry}`,
    hash: route && to.app(route, appId),
  });
  return [
    item("overview", "Overview", "Overview"),
    item("quickstart", "QuickStart"),
    item("assistant", "IntegrationAssistant"),
    item("diagnose", "Diagnose"),
    {
      key: "manage",
      label: L("app-menu.manage"),
      truth: "app-menu.manage",
      items: [
        item("branding", "Branding"),
        item("authentication", "Authentication", "Authentication"),
        item("certificates-secrets", "Credentials", "Credentials"),
        item("token", "TokenConfiguration"),
        item("api-permissions", "CallAnAPI", "CallAnAPI"),
        item("expose", "ProtectAnAPI", "ProtectAnAPI"),
        item("roles", "AppRoles"),
        item("owners", "Owners"),
        item("admins", "RolesAndAdministrators"),
        item("manifest", "Manifest"),
      ],
    },
    { key: "support", label: L("nav.support"), items: [item("new-support", "Support")] },
  ];
}

export function Menu({ kind, route, current }: { kind: MenuKind; route: Route; current: string }) {
  const { L, session, go, lang } = useEnv();
  const entries = shuffled(useEntries(kind, route), kind);
  const [open, setOpen] = useState<Set<string>>(new Set(session.scenario.collapsedMenus ? [] : ["manage", "security", "support", "activity"]));
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const flip = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  const line = (item: Item) =>
    (!wanted || item.label.toLowerCase().includes(wanted)) && (
      <li key={item.telemetry} role="presentation">
        <div
          ref={truth(item.truth)}
          className={c(`fxc-menu-listView-item fxs-portal-hover${current === item.truth?.split(".")[1] ? " fxc-menu-selected" : ""}`)}
          role={drift().menu}
          tabIndex={0}
          title={title(item.label)}
          data-telemetryname={telemetry(item.telemetry)}
          onClick={() => item.hash && go(item.hash)}
          onKeyDown={(event) => event.key === "Enter" && item.hash && go(item.hash)}
        >
          <div className={c("fxc-menu-listView-icon")}>
            <Glyph name="Dot" />
          </div>
          <div className={c("fxc-menu-item-text")}>{item.label}</div>
        </div>
      </li>
    );
  return (
    <nav className={c("fxc-menu fxs-blade-menu")} aria-label={L("shell.resource-menu")}>
      <div className={c("fxc-menu-search azc-textBox")}>
        <input
          className={c("azc-input")}
          type="text"
          placeholder={L("shell.search-menu")}
          aria-label={L("shell.search-menu")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <div className={c("fxc-menu-scrollarea")}>
        <ul className={c("fxc-menu-listView")} role="menu">
          {entries.map((entry) =>
            "items" in entry ? (
              <li key={entry.key} className={c("fxc-menu-group")} role="presentation">
                <button
                  ref={truth(entry.truth)}
                  id={`menu-${entry.key}`}
                  type="button"
                  className={c("fxc-menu-group-header")}
                  aria-expanded={open.has(entry.key) || Boolean(wanted)}
                  aria-label={lang.startsWith("en") ? L("shell.collapse", { group: entry.label }) : undefined}
                  onClick={() => flip(entry.key)}
                >
                  <span className={c(`fxc-menu-chevron${open.has(entry.key) ? " fxc-menu-chevron-open" : ""}`)}>
                    <Glyph name="Chevron" />
                  </span>
                  {entry.label}
                </button>
                <ul role="group" aria-labelledby={`menu-${entry.key}`} hidden={!open.has(entry.key) && !wanted}>
                  {shuffled(entry.items, entry.key).map(line)}
                </ul>
              </li>
            ) : (
              line(entry)
            ),
          )}
        </ul>
      </div>
    </nav>
  );
}
