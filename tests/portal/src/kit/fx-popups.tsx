// What the shell draws at the end of the document or beside the blade: lists, menus, panes, message boxes.
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useEnv } from "../base/env";
import { mark, truth } from "../base/truth";
import { id as driftId, title as tooltip } from "../drift/drift";
import { c } from "./classes";
import { Glyph, Labelled, press } from "./fx-base";
import type { Kit, Pick } from "./types";

/** The list of a drop-down: drawn at the end of the document, above everything. */
function Popup({ anchor, p, close }: { anchor: DOMRect; p: Pick; close: () => void }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const outside = (event: Event) => {
      if (!ref.current?.contains(event.target as Node)) close();
    };
    const timer = setTimeout(() => document.addEventListener("pointerdown", outside), 0);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerdown", outside);
    };
  }, [close]);
  const choose = (key: string) => {
    p.change(key);
    close();
  };
  return createPortal(
    <div ref={ref} className={c("fxs-dropmenu-content fxc-dropdown-popup fxs-popup")} style={{ left: anchor.left, top: anchor.bottom, width: anchor.width }}>
      <div role="tree" className={c("fxc-dropdown-tree")} aria-label={p.label}>
        {p.options.map((option, i) => (
          <div
            key={option.key}
            ref={truth(option.truth)}
            className={c(`fxc-dropdown-option${option.key === p.selected ? " fxc-dropdown-selected" : ""}`)}
            role="treeitem"
            aria-selected={option.key === p.selected}
            aria-setsize={p.options.length}
            aria-posinset={i + 1}
            {...press(() => choose(option.key))}
          >
            <span>{option.text}</span>
          </div>
        ))}
      </div>
    </div>,
    document.body,
  );
}

export const Drop: Kit["Drop"] = (p: Pick) => {
  const id = useId();
  const ref = useRef<HTMLDivElement>(null);
  const [anchor, setAnchor] = useState<DOMRect>();
  useLayoutEffect(() => mark(ref.current, p.truth));
  const open = () => setAnchor(anchor ? undefined : ref.current?.getBoundingClientRect());
  const chosen = p.options.find((o) => o.key === p.selected);
  const box = (
    <div className={c("fxc-dropdown fxc-base azc-formControl")} aria-label={p.label}>
      <div
        ref={ref}
        id={id}
        className={c("fxc-dropdown-open msportalfx-tooltip-overflow azc-validation-border")}
        role="combobox"
        aria-label={p.label}
        aria-haspopup="tree"
        aria-expanded={Boolean(anchor)}
        tabIndex={0}
        onPointerDown={(event) => {
          event.preventDefault();
          open();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === " " || event.key === "ArrowDown") {
            event.preventDefault();
            open();
          }
        }}
      >
        <div className={c(`fxc-dropdown-input${chosen ? "" : " fxc-dropdown-placeholder"}`)}>{chosen?.text ?? p.placeholder}</div>
        <div className={c("fxc-dropdown-arrow")}>
          <Glyph name="Chevron" />
        </div>
      </div>
      {anchor && <Popup anchor={anchor} p={p} close={() => setAnchor(undefined)} />}
    </div>
  );
  if (p.hidden) return box;
  return (
    <Labelled id={id} label={p.label}>
      {box}
    </Labelled>
  );
};

/** The "…" of a row and the menu it opens at the end of the document. */
export const More: Kit["More"] = ({ truth: id, label, items }) => {
  const [anchor, setAnchor] = useState<DOMRect>();
  const ref = useRef<HTMLDivElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => mark(ref.current, id));
  useEffect(() => {
    if (!anchor) return;
    const outside = (event: Event) => {
      if (!menu.current?.contains(event.target as Node)) setAnchor(undefined);
    };
    const timer = setTimeout(() => document.addEventListener("pointerdown", outside), 0);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerdown", outside);
    };
  }, [anchor]);
  return (
    <>
      <div
        ref={ref}
        className={c("fxs-ellipsis azc-button-icon fxc-gc-contextmenu")}
        role="button"
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        title={label}
        aria-label={label}
        {...press(() => setAnchor(ref.current?.getBoundingClientRect()))}
      >
        …
      </div>
      {anchor &&
        createPortal(
          <div ref={menu} className={c("fxs-dropmenu-content fxs-contextMenu fxs-popup fxc-dropdown-popup")} style={{ right: innerWidth - anchor.right, top: anchor.bottom }} role="menu">
            {items.map((item) => (
              <div
                key={item.label}
                ref={truth(item.truth)}
                className={c("fxs-contextMenu-item fxc-dropdown-option")}
                role="menuitem"
                {...press(() => {
                  setAnchor(undefined);
                  item.press();
                })}
              >
                {item.label}
              </div>
            ))}
          </div>,
          document.body,
        )}
    </>
  );
};

export const Pane: Kit["Pane"] = ({ truth: id, title, close, footer, children, wide }) => {
  const { L } = useEnv();
  return createPortal(
    <div
      className={c(`fxs-contextpane fxs-portal-bg-txt-br fxs-contextpane-visible${wide ? " fxs-contextpane-wide" : ""}`)}
      role="dialog"
      aria-labelledby={driftId("fxsContextPaneTitle")}
    >
      <div className={c("fxs-contextpane-header")}>
        <h2 ref={truth(id)} id={driftId("fxsContextPaneTitle")} className={c("fxs-contextpane-title")}>
          {title}
        </h2>
        <button type="button" className={c("fxs-contextpane-close")} title={L("shell.close")} aria-label={L("shell.close")} onClick={close}>
          ×
        </button>
      </div>
      <div className={c("fxs-contextpane-content")}>{children}</div>
      {footer && <div className={c("fxs-contextpane-footer fxs-blade-actionbar")}>{footer}</div>}
    </div>,
    document.getElementById("fxs-panes") ?? document.body,
  );
};

export const Ask: Kit["Ask"] = ({ title, text, buttons }) => {
  const id = useId();
  return createPortal(
    <div className={c("fxs-messagebox-layer")}>
      <div className={c("fxs-messagebox fxs-popup fxs-portal-bg-txt-br")} role="alertdialog" aria-modal="true" aria-labelledby={id}>
        <h3 id={id} className={c("fxs-messagebox-title")}>
          {title}
        </h3>
        <div className={c("fxs-messagebox-text")}>{text}</div>
        <div className={c("fxs-messagebox-buttons")}>
          {buttons.map((button, i) => (
            <div
              key={button.label}
              ref={truth(button.truth)}
              className={c(`fxs-button ${i === 0 ? "fxs-portal-button-primary" : "fxs-portal-button"}`)}
              role="button"
              title={tooltip(button.label)}
              {...press(button.press)}
            >
              <span className={c("fxs-button-text")}>{button.label}</span>
            </div>
          ))}
        </div>
      </div>
    </div>,
    document.body,
  );
};
