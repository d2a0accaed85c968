// Entry of the top document: loads who is signed in, keeps the route, draws the shell.
import { useCallback, useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { type Directory, type Session, get } from "./base/api";
import { type Env, EnvContext } from "./base/env";
import { labels } from "./base/labels";
import { read } from "./base/routes";
import { begin } from "./drift/drift";
import { randomise, styled } from "./kit/classes";
import css from "./portal.css";
import { remember } from "./shell/Own";
import { Shell, type Toast } from "./shell/Shell";

let count = 0;

/** The directory the address, then this browser's memory, then the session names. A test that changes the session's
 *  directory makes the memory void. */
function directoryOf(session: Session): Directory {
  const named = read(location.hash).directory ?? location.pathname.split("/").filter(Boolean)[0];
  const kept = (localStorage.getItem("practice.directory") ?? "").split(" ");
  const is = (d: Directory, name?: string) => Boolean(name) && (d.id === name || d.domains.includes(name ?? ""));
  const find = (name?: string) => session.directories.find((d) => is(d, name));
  const found = find(named) ?? (kept[0] === session.world && kept[1] === session.directory ? find(kept[2]) : undefined) ?? find(session.directory);
  if (!found) throw new Error("no directory");
  remember(session, found);
  return found;
}

function Portal({ session, directory, lang }: { session: Session; directory: Directory; lang: string }) {
  const [route, setRoute] = useState(() => (session.scenario.deepLinks ? read(location.hash) : read("#home")));
  const [toasts, setToasts] = useState<Toast[]>([]);
  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((t) => t.id !== id)), []);
  const go = useCallback((hash: string) => {
    history.pushState(null, "", hash);
    setRoute(read(hash));
  }, []);
  const toast = useCallback<Env["toast"]>(
    (title, text, tone = "ok") => {
      const id = ++count;
      setToasts((all) => [...all, { id, title, text, tone }]);
      setTimeout(() => dismiss(id), 5000);
    },
    [dismiss],
  );
  useEffect(() => {
    const moved = () => {
      const next = read(location.hash);
      if (next.directory && !directory.domains.includes(next.directory) && next.directory !== directory.id) location.reload();
      setRoute(next);
    };
    window.addEventListener("popstate", moved);
    return () => window.removeEventListener("popstate", moved);
  }, [directory]);
  const env = useMemo<Env>(
    () => ({
      session,
      directory,
      host: location.hostname.startsWith("entra.") ? "entra" : "azure",
      lang,
      L: labels(session.scenario, lang),
      go,
      toast,
    }),
    [session, directory, lang, go, toast],
  );
  return (
    <EnvContext.Provider value={env}>
      <Shell route={route} toasts={toasts} dismiss={dismiss} />
    </EnvContext.Provider>
  );
}

async function start(): Promise<void> {
  const session = await get<Session>("session");
  begin(session.scenario.drift);
  if (session.scenario.randomClasses) randomise();
  const sheet = document.createElement("style");
  sheet.textContent = styled(css);
  document.head.append(sheet);
  const lang = (new URLSearchParams(location.search).get("l") ?? session.scenario.lang).split(".")[0] ?? "en";
  document.documentElement.lang = lang;
  if (session.scenario.drift.rtl) document.documentElement.dir = "rtl";
  createRoot(document.getElementById("web-container") as HTMLElement).render(<Portal session={session} directory={directoryOf(session)} lang={lang} />);
}

void start();
