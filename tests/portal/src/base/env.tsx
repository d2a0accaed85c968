// What every page may use: who is signed in, where, in which words, and the way to other pages.
import { createContext, useCallback, useContext, useEffect, useState } from "react";
import type { Directory, Session } from "./api";
import type { Label } from "./labels";

export interface Env {
  session: Session;
  directory: Directory;
  host: "azure" | "entra";
  lang: string;
  L: Label;
  go: (hash: string) => void;
  toast: (title: string, text: string, tone?: "ok" | "error") => void;
}

export const EnvContext = createContext<Env | null>(null);

export function useEnv(): Env {
  const env = useContext(EnvContext);
  if (!env) throw new Error("no environment");
  return env;
}

/** Loads something when the page opens; `again` loads it anew. */
export function useLoad<T>(load: () => Promise<T>, deps: unknown[]): { value: T | undefined; again: () => Promise<void> } {
  const [value, setValue] = useState<T>();
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const again = useCallback(async () => setValue(await load()), deps);
  useEffect(() => {
    let live = true;
    setValue(undefined);
    load().then((v) => live && setValue(v), () => undefined);
    return () => {
      live = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, deps);
  return { value, again };
}
