// Purview's Audit page: a banner while nothing is recorded, and the search.
import { useState } from "react";
import { post } from "../base/api";
import { useEnv } from "../base/env";
import { useKit } from "../kit";
import { useSettings } from "./Settings";

export function Audit() {
  const { L, directory } = useEnv();
  const K = useKit();
  const label = (key: string) => L(`audit.${key}`);
  const { settings, again } = useSettings();
  const [words, setWords] = useState("");
  if (!settings) return <K.Busy />;
  const start = async () => {
    await post(`${directory.id}/auditing`);
    await again();
  };
  return (
    <main>
      <div className="p-row">
        <strong>Microsoft Purview</strong>
        <span className="p-small">{`${directory.name} (${directory.initialDomain})`}</span>
      </div>
      <K.Heading>{label("_title")}</K.Heading>
      {settings.auditing === "off" && (
        <K.Banner tone="warn">
          {label("off")} <K.Button truth="purview-audit.start-recording" label={label("start-recording")} primary press={start} />
        </K.Banner>
      )}
      {settings.auditing === "starting" && <K.Banner tone="info">{label("starting")}</K.Banner>}
      <K.Text truth="purview-audit.keywords" label={label("keywords")} value={words} change={setWords} />
      <K.Button truth="purview-audit.search" label={label("search")} primary disabled={settings.auditing !== "on"} press={() => undefined} />
    </main>
  );
}
