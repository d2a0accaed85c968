// What every control of the shell is made of: divs that act as buttons, glyphs, labelled fields.
import type { KeyboardEvent, ReactNode } from "react";
import { c } from "./classes";

/** Props of a div that acts as a button, by mouse and by key. */
export function press(action: (() => void) | undefined, disabled = false) {
  return {
    tabIndex: disabled ? -1 : 0,
    "aria-disabled": disabled,
    onClick: () => !disabled && action?.(),
    onKeyDown: (event: KeyboardEvent) => {
      if (!disabled && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        action?.();
      }
    },
  };
}

const GLYPHS: Record<string, string> = {
  Bell: "M8 1a4 4 0 014 4v4l2 3H2l2-3V5a4 4 0 014-4zM6 13h4a2 2 0 01-4 0z",
  Gear: "M7 1h2v2l2 1 2-1 1 2-2 1v2l2 1-1 2-2-1-2 1v3H7v-3l-2-1-2 1-1-2 2-1V6L2 5l1-2 2 1 2-1zM8 6a2 2 0 100 4 2 2 0 000-4z",
  Help: "M8 1a7 7 0 110 14A7 7 0 018 1zM7 11h2v2H7zM5 6a3 3 0 116 0c0 2-2 2-2 4H7c0-3 2-3 2-4a1 1 0 10-2 0z",
  Heart: "M8 14L2 8a3.500 3.500 0 016-4 3.500 3.500 0 016 4z",
  Globe: "M8 1a7 7 0 110 14A7 7 0 018 1zM2.500 7.500h11v1h-11zM7.500 2h1v12h-1z",
  Repair: "M11 1a4 4 0 00-4 5L1 12l3 3 6-6a4 4 0 005-5l-3 2-2-2 2-3z",
  Download: "M7 1h2v7h3l-4 4-4-4h3zM2 13h12v2H2z",
  Upload: "M7 12h2V5h3L8 1 4 5h3zM2 13h12v2H2z",
  View: "M8 3c4 0 7 5 7 5s-3 5-7 5-7-5-7-5 3-5 7-5zm0 3a2 2 0 100 4 2 2 0 000-4z",
  Save: "M1 1h11l3 3v11H1zM4 2v4h7V2zM4 9v5h8V9z",
  Cancel: "M2 3l1-1 5 5 5-5 1 1-5 5 5 5-1 1-5-5-5 5-1-1 5-5z",
  Settings: "M1 3h8v2H1zM11 2h2v4h-2zM1 7h3v2H1zM6 6h2v4H6zM10 7h5v2h-5zM1 11h8v2H1zM11 10h2v4h-2z",
  Shield: "M8 1l6 2v5c0 4-3 6-6 7-3-1-6-3-6-7V3z",
  Lock: "M4 7V5a4 4 0 018 0v2h1v8H3V7zm2 0h4V5a2 2 0 00-4 0z",
  Dot: "M8 5a3 3 0 110 6 3 3 0 010-6z",
  List: "M1 3h14v2H1zM1 7h14v2H1zM1 11h14v2H1z",
  Add: "M7 0h2v7h7v2H9v7H7V9H0V7h7z",
  Check: "M6 13L0 7l2-2 4 4L14 1l2 2z",
  Refresh: "M8 1a7 7 0 107 7h-2a5 5 0 11-5-5v3l4-4-4-4z",
  Delete: "M2 3h12v1H2zm1 2h10l-1 11H4zM6 1h4v1H6z",
  Copy: "M4 0h10v12H4zM2 4v11h9v1H1V4z",
  Warning: "M8 1l7 13H1zM7 6v4h2V6zm0 5v2h2v-2z",
  Chevron: "M3 5l5 5 5-5 1 1-6 6-6-6z",
};

export function Glyph({ name }: { name: string }) {
  return (
    <svg viewBox="0 0 16 16" className={c("msportalfx-svg-placeholder")} role="presentation" aria-hidden="true" focusable="false">
      <path fillRule="evenodd" d={GLYPHS[name] ?? "M2 2h12v12H2z"} />
    </svg>
  );
}

export function Labelled({ id, label, required, about, children }: { id: string; label: string; required?: boolean; about?: string; children: ReactNode }) {
  return (
    <div className={c("azc-formElementContainer")}>
      <div className={c("azc-formElementSubLabelContainer")}>
        <label className={c("azc-text-label")} htmlFor={id} id={`${id}-label`}>
          {label}
          {required && <span className={c("azc-required-symbol")}> *</span>}
        </label>
        {about && <span className={c("azc-text-sublabel")}>{about}</span>}
      </div>
      {children}
    </div>
  );
}
