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
      <path d={GLYPHS[name] ?? "M2 2h12v12H2z"} />
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
