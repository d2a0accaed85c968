// Which controls pages are drawn with: set once per document by its entry.
import { createContext, useContext } from "react";
import type { Kit } from "./types";

export const KitContext = createContext<Kit | null>(null);

export function useKit(): Kit {
  const kit = useContext(KitContext);
  if (!kit) throw new Error("no controls");
  return kit;
}
