// Entry of a React frame: one view, drawn with Fluent. It speaks to the portal above it in one known kind of message;
// anything it is sent that it does not know makes it dispose itself, as the real ones do.
import "./base/fabric";
import { ThemeProvider, createTheme, initializeIcons } from "@fluentui/react";
import { FluentProvider, webDarkTheme, webLightTheme } from "@fluentui/react-components";
import { createRoot } from "react-dom/client";
import { type Session, get, post } from "./base/api";
import { type Env, EnvContext } from "./base/env";
import { labels } from "./base/labels";
import css from "./frame.css";
import { Decoys } from "./drift/Decoys";
import { begin } from "./drift/drift";
import { KitContext } from "./kit";
import { fluent } from "./kit/fluent";
import { PAGES } from "./pages";

/** Version 8 has no dark theme of its own in the package: the portal's greys, lightest first. */
const DARK = createTheme({
  isInverted: true,
  palette: {
    themePrimary: "#2899f5",
    themeDarkAlt: "#3aa0f3",
    themeDark: "#6cb8f6",
    themeDarker: "#82c7ff",
    themeLighter: "#004c87",
    themeLight: "#043862",
    neutralLighterAlt: "#252423",
    neutralLighter: "#252423",
    neutralLight: "#323130",
    neutralQuaternaryAlt: "#3b3a39",
    neutralQuaternary: "#484644",
    neutralTertiaryAlt: "#605e5c",
    neutralTertiary: "#a19f9d",
    neutralSecondary: "#c8c6c4",
    neutralPrimaryAlt: "#e1dfdd",
    neutralPrimary: "#f3f2f1",
    neutralDark: "#f8f8f8",
    black: "#ffffff",
    white: "#1b1a19",
  },
});

const query = new URLSearchParams(location.search);

function tell(message: Record<string, unknown>): void {
  window.parent.postMessage({ practicePortal: 1, ...message }, "*");
}

async function start(): Promise<void> {
  const session = await get<Session>("session");
  const directory = session.directories.find((d) => d.id === query.get("directory"));
  const page = PAGES[query.get("page") ?? ""];
  if (!directory || !page) return;
  const sheet = document.createElement("style");
  sheet.textContent = css;
  document.head.append(sheet);
  initializeIcons("/_portal/");
  const lang = query.get("lang") ?? "en";
  document.documentElement.lang = lang;
  begin(session.scenario.drift);
  if (session.scenario.drift.rtl) document.documentElement.dir = "rtl";
  const env: Env = {
    session,
    directory,
    host: "azure",
    lang,
    L: labels(session.scenario, lang),
    go: (hash) => tell({ kind: "go", hash }),
    toast: (title, text, tone) => tell({ kind: "toast", title, text, tone }),
  };
  const root = createRoot(document.getElementById("root") as HTMLElement);
  window.addEventListener("message", (event) => {
    if (event.data?.practicePortal === 1) return;
    root.unmount();
    document.body.replaceChildren();
    void post("disposed", { frame: window.name });
  });
  const dark = session.scenario.theme === "dark";
  document.body.classList.toggle("f-dark", dark);
  const view = (
    <EnvContext.Provider value={env}>
      <KitContext.Provider value={fluent}>
        <Decoys place="before" />
        {page.draw({ page: query.get("page") ?? "", appId: query.get("appId") ?? undefined, objectId: query.get("objectId") ?? undefined })}
        <Decoys place="after" />
      </KitContext.Provider>
    </EnvContext.Provider>
  );
  root.render(
    <FluentProvider theme={dark ? webDarkTheme : webLightTheme} style={{ background: "transparent" }}>
      <ThemeProvider theme={dark ? DARK : createTheme()} applyTo="body">
        {view}
      </ThemeProvider>
    </FluentProvider>,
  );
}

void start();
