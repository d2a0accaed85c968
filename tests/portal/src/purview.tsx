// Entry of purview.microsoft.com: the Audit page with the banner that switches audit logging on.
import "./base/fabric";
import { initializeIcons } from "@fluentui/react";
import { FluentProvider, webLightTheme } from "@fluentui/react-components";
import { createRoot } from "react-dom/client";
import { type Session, get } from "./base/api";
import { EnvContext } from "./base/env";
import { labels } from "./base/labels";
import css from "./frame.css";
import { KitContext } from "./kit";
import { fluent } from "./kit/fluent";
import { Audit } from "./pages/Audit";

async function start(): Promise<void> {
  const session = await get<Session>("session");
  const directory = session.directories.find((d) => d.id === session.directory);
  if (!directory) return;
  const sheet = document.createElement("style");
  sheet.textContent = css;
  document.head.append(sheet);
  initializeIcons("/_portal/");
  const lang = session.scenario.lang;
  const env = { session, directory, host: "azure" as const, lang, L: labels(session.scenario, lang), go: () => undefined, toast: () => undefined };
  createRoot(document.getElementById("root") as HTMLElement).render(
    <FluentProvider theme={webLightTheme}>
      <EnvContext.Provider value={env}>
        <KitContext.Provider value={fluent}>
          <Audit />
        </KitContext.Provider>
      </EnvContext.Provider>
    </FluentProvider>,
  );
}

void start();
