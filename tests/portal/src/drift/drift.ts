// What differs in a seeded portal. Everything follows from the seed, so a portal can be had again by its number.
import type { Drift } from "../base/api";

const PLAIN: Drift = { seed: 0, order: false, telemetry: "kept", ids: true, titles: true, native: false, menu: "menuitem", rtl: false, rows: 0, decoys: 0 };

let now: Drift = PLAIN;

/** Sets how this document drifts; before anything is drawn. */
export function begin(drift: Drift | undefined): void {
  now = drift ?? PLAIN;
}

export function drift(): Drift {
  return now;
}

/** Numbers from 0 to 1 that follow from the seed and a word. */
export function dice(word: string): () => number {
  let state = now.seed;
  for (const letter of word) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of these, by the dice. */
export function pick<T>(roll: () => number, list: readonly T[]): T {
  return list[Math.floor(roll() * list.length)] as T;
}

/** The same things in another order. */
export function shuffled<T>(list: T[], word: string): T[] {
  if (!now.order) return list;
  const roll = dice(`order ${word}`);
  return list
    .map((item) => [roll(), item] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, item]) => item);
}

/** A telemetry name, if this portal has them, and as it has them. */
export function telemetry(name: string | undefined): string | undefined {
  if (!name || now.telemetry === "none") return undefined;
  return now.telemetry === "kept" ? name : `Cmd_${Math.floor(dice(name)() * 1e6)}`;
}

/** A tooltip, if this portal has them. */
export function title(text: string): string | undefined {
  return now.titles ? text : undefined;
}

/** An id scripts know, or one that is new with every drawing. */
export function id(known: string): string {
  return now.ids ? known : `${known.slice(0, 3)}-${Math.floor(dice(known)() * 1e6)}`;
}
