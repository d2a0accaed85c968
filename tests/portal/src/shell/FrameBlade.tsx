// A blade whose content lives in a cross-origin React frame, with the hidden copies the portal keeps warm beside it.
import { useEffect, useMemo, useRef } from "react";
import { useEnv } from "../base/env";
import type { Route } from "../base/routes";
import { c } from "../kit/classes";

let frames = 0;

export function FrameBlade({ route, view, title }: { route: Route; view: string; title: string }) {
  const { session, directory, lang, go, toast } = useEnv();
  const active = useRef<HTMLIFrameElement>(null);
  const ids = useMemo(() => [++frames, ++frames, ++frames], [route.page, route.appId]);
  const query = new URLSearchParams({ page: route.page, directory: directory.id, lang, ...(route.appId ? { appId: route.appId } : {}), ...(route.objectId ? { objectId: route.objectId } : {}) });
  useEffect(() => {
    const hear = (event: MessageEvent) => {
      if (event.source !== active.current?.contentWindow || event.data?.practicePortal !== 1) return;
      if (event.data.kind === "go") go(event.data.hash);
      if (event.data.kind === "toast") toast(event.data.title, event.data.text, event.data.tone);
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, [go, toast]);
  const source = (n: number) => `https://sandbox-${n}.reactblade.portal.azure.net/?${query}`;
  const base = "fxs-part-frame fxs-portal-bg-txt-br";
  const warm = session.scenario.prewarm;
  return (
    <div className={c("fxs-reactview")}>
      {warm && <iframe className={c(base)} style={{ display: "none" }} id={`_react_frame_${ids[0]}`} name={view} title="" tabIndex={-1} aria-hidden="true" src={source(2)} />}
      <iframe
        ref={active}
        className={`${c(base)} fxs-reactview-frame-active ${c("fxs-blade-floated-menuframe fxs-blade-floated-frame")}`}
        id={`_react_frame_${ids[1]}`}
        name={view}
        title={title}
        allow="clipboard-write"
        src={source(1)}
      />
      {warm && (
        <iframe
          className={c(`${base} fxs-reactview-prewarmed`)}
          style={{ visibility: "hidden" }}
          id={`_react_frame_${ids[2]}`}
          name={view}
          title=""
          tabIndex={-1}
          aria-hidden="true"
          src={source(3)}
        />
      )}
    </div>
  );
}
