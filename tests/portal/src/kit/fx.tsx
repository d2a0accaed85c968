// The shell's own controls: divs with roles, fxs-/fxc-/azc- classes, popups at the end of the document, hidden tooltip
// copies of texts. What the facts know of their attributes is kept; what they do not know is left out.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useEnv } from "../base/env";
import { certificateText } from "../base/file";
import { mark, truth } from "../base/truth";
import { c } from "./classes";
import type { Column, Command, Fact, Field, Kit, Option, Pick, Rows } from "./types";

/** Props of a div that acts as a button, by mouse and by key. */
function press(action: (() => void) | undefined, disabled = false) {
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

function Commands({ items, inner }: { items: Command[]; inner?: boolean }) {
  return (
    <ul className={c(inner ? "azc-toolbar azc-toolbar-inner" : "azc-toolbar fxs-commandBar")} role="toolbar">
      {items.map((item) => (
        <li key={item.label} className={c("azc-toolbar-item fxs-commandBar-item")} role="presentation">
          <div
            ref={truth(item.truth)}
            className={c(`azc-toolbarButton-container fxs-fxclick fxs-portal-hover${item.disabled ? " azc-toolbarButton-disabled" : ""}`)}
            role="button"
            title={item.label}
            aria-label={item.label}
            {...press(item.press, item.disabled)}
          >
            <div className={c("azc-toolbarButton-icon")}>
              <Glyph name={item.icon ?? "Dot"} />
            </div>
            <div className={c("azc-toolbarButton-label fxs-commandBar-item-text")} data-telemetryname={item.telemetry}>
              {item.label}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

const Button: Kit["Button"] = ({ truth: id, label, primary, disabled, form, press: action }) => (
  <div className={c("azc-formElementContainer")} data-formelement={form}>
    <div
      ref={truth(id)}
      className={c(`fxc-simplebutton fxs-button fxt-button ${primary ? "fxs-inner-solid-border fxs-portal-button-primary" : "fxs-portal-button"}${disabled ? " fxs-button-disabled" : ""}`)}
      role="button"
      title={label}
      aria-label={label}
      {...press(action, disabled)}
    >
      <span className={c("fxs-button-text")}>{label}</span>
    </div>
  </div>
);

const Link: Kit["Link"] = ({ truth: id, label, className, press: action, bind }) => (
  <a
    ref={truth(id)}
    className={c(`fxs-fxclick msportalfx-text-primary ${className ?? ""}`)}
    href="#"
    role="link"
    data-bind={bind}
    onClick={(event) => {
      event.preventDefault();
      action();
    }}
  >
    {label}
  </a>
);

function Labelled({ id, label, required, about, children }: { id: string; label: string; required?: boolean; about?: string; children: ReactNode }) {
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

const Text: Kit["Text"] = (p: Field) => {
  const id = useId();
  const valid = !(p.required && p.value.trim() === "") && !p.error;
  const input = (
    <div className={c("azc-textBox azc-formControl azc-validatableControl")}>
      <input
        ref={truth(p.truth)}
        id={id}
        className={c("azc-input azc-formControl azc-validation-border")}
        type="text"
        value={p.value}
        placeholder={p.placeholder}
        aria-label={p.label}
        aria-required={p.required}
        aria-invalid={p.error ? true : undefined}
        data-validatable-control-valid={p.required || p.error ? String(valid) : undefined}
        autoComplete="off"
        onChange={(event) => p.change(event.target.value)}
      />
      {p.error && (
        <div className={c("azc-validation-message")} role="alert">
          {p.error}
        </div>
      )}
    </div>
  );
  if (p.hidden) return input;
  return (
    <Labelled id={id} label={p.label} required={p.required} about={p.about}>
      {input}
    </Labelled>
  );
};

const File: Kit["File"] = ({ truth: id, label, read }) => {
  const field = useId();
  return (
    <Labelled id={field} label={label} required>
      <input
        ref={truth(id)}
        id={field}
        type="file"
        accept=".cer,.pem,.crt"
        className={c("azc-input azc-fileUpload")}
        aria-label={label}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void certificateText(file).then(read);
        }}
      />
    </Labelled>
  );
};

const Search: Kit["Search"] = ({ truth: id, placeholder, value, change }) => (
  <div className={c("azc-textBox azc-searchBox fxc-searchbox")} role="search">
    <input
      ref={truth(id)}
      className={c("azc-input azc-formControl")}
      type="text"
      role="searchbox"
      placeholder={placeholder}
      aria-label={placeholder}
      autoComplete="off"
      value={value}
      onChange={(event) => change(event.target.value)}
    />
  </div>
);

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

const Drop: Kit["Drop"] = (p: Pick) => {
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

const Radios: Kit["Radios"] = (p: Pick) => {
  const name = useId();
  return (
    <ul ref={truth(p.truth)} className={c("azc-radioButton azc-formControl fxc-section")} role="radiogroup" aria-label={p.label}>
      {p.options.map((option) => (
        <li key={option.key} className={c("azc-radio")}>
          <label className={c("azc-radio-label")}>
            <input
              ref={truth(option.truth)}
              className={c("azc-radio-hidden")}
              type="radio"
              name={name}
              value={option.key}
              checked={option.key === p.selected}
              onChange={() => p.change(option.key)}
            />
            <span className={c("azc-radio-circle")} />
            <span className={c("azc-radio-text")}>{option.text}</span>
          </label>
        </li>
      ))}
    </ul>
  );
};

const Check: Kit["Check"] = ({ truth: id, label, checked, change, row }) => {
  const labelId = useId();
  return (
    <div className={c("ext-ad-permission-row azc-grid-row")} role="row">
      <div className={c("ext-ad-permission-check")} role="gridcell">
        <div
          ref={truth(id)}
          className={c("azc-checkBox fxc-gc-selectioncheckbox")}
          role="checkbox"
          aria-checked={checked}
          aria-labelledby={labelId}
          {...press(() => change(!checked))}
        >
          {checked && <Glyph name="Check" />}
        </div>
      </div>
      <div className={c("ext-ad-permission-name")} role="gridcell">
        <div>
          <div>
            <div>
              <label id={labelId} className={c("azc-text-label")}>
                {label}
              </label>
              {row}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
};

const Tabs: Kit["Tabs"] = ({ label, items, selected, change }) => (
  <div className={c("fxc-tabs azc-tabControl")}>
    <div className={c("azc-tabControl-headers")} role="tablist" aria-label={label}>
      {items.map((item) => (
        <div
          key={item.key}
          ref={truth(item.truth)}
          className={c(`azc-tabControl-panel-header${item.key === selected ? " azc-tabControl-selected" : ""}`)}
          role="tab"
          aria-selected={item.key === selected}
          {...press(() => change(item.key))}
        >
          {item.text}
        </div>
      ))}
    </div>
  </div>
);

const ROW = 36;

function Cells<R>({ row, columns, index }: { row: R; columns: Column<R>[]; index: number }) {
  return (
    <div className={c("fxc-gc-row-content")}>
      {columns.map((column, n) => (
        <div
          key={column.key}
          ref={truth(column.truth?.(row))}
          id={`fxc-gc-cell-content_${index}_${n}`}
          className={c("fxc-gc-cell")}
          role="gridcell"
          aria-colindex={n + 1}
          style={{ flex: `${column.width} 1 0` }}
        >
          {column.show ? column.show(row) : <div className={c("fxc-gc-text msportalfx-tooltip-overflow")}>{column.text(row)}</div>}
        </div>
      ))}
    </div>
  );
}

function Grid<R>(p: Rows<R>) {
  const body = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [closed, setClosed] = useState<Set<string>>(new Set());
  const groups = p.group ? [...new Set(p.rows.map(p.group))] : [""];
  const first = p.virtual ? Math.max(0, Math.floor(top / ROW) - 4) : 0;
  const shown = p.virtual ? p.rows.slice(first, first + 22) : p.rows;
  const line = (row: R, index: number) => (
    <div
      key={p.id(row)}
      ref={truth(p.rowTruth?.(row))}
      className={c("fxc-gc-row fxs-portal-border")}
      role="row"
      aria-rowindex={index + 2}
      style={p.virtual ? { position: "absolute", top: index * ROW, left: 0, right: 0, height: ROW } : undefined}
    >
      <Cells row={row} columns={p.columns} index={index} />
    </div>
  );
  return (
    <div className={c("fxc-gc azc-fabric fxc-gc-dataGrid")} role="grid" aria-label={p.label} aria-rowcount={p.rows.length + 1}>
      <div className={c("fxc-gc-thead")} role="rowgroup">
        <div className={c("fxc-gc-row-content")} role="row">
          {p.columns.map((column) => (
            <div key={column.key} className={c("fxc-gc-columnheader")} role="columnheader" style={{ flex: `${column.width} 1 0` }}>
              <div className={c("fxc-gc-columnheader-content")}>{column.name}</div>
            </div>
          ))}
        </div>
      </div>
      {p.rows.length === 0 && p.empty && <div className={c("fxc-gc-norows")}>{p.empty}</div>}
      <div
        ref={body}
        className={c(`fxc-gc-tbody${p.virtual ? " ext-ad-registeredApps-applist-body" : ""}`)}
        role="rowgroup"
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      >
        {p.virtual ? (
          <div className={c("fxc-gc-page")} style={{ height: p.rows.length * ROW, position: "relative" }}>
            {shown.map((row, i) => line(row, first + i))}
          </div>
        ) : (
          groups.map((group) => {
            const rows = p.group ? p.rows.filter((r) => p.group?.(r) === group) : p.rows;
            return (
              <div key={group} className={c("fxc-gc-group")}>
                {p.group && (
                  <div
                    className={c("fxc-gc-groupheader")}
                    role="row"
                    aria-expanded={!closed.has(group)}
                    {...press(() => {
                      const next = new Set(closed);
                      if (!next.delete(group)) next.add(group);
                      setClosed(next);
                    })}
                  >
                    <div role="gridcell" className={c("fxc-gc-groupheader-cell")}>
                      <Glyph name="Chevron" />
                      <span>{`${group} (${rows.length})`}</span>
                    </div>
                  </div>
                )}
                {!closed.has(group) && rows.map((row) => line(row, p.rows.indexOf(row)))}
              </div>
            );
          })
        )}
      </div>
    </div>
  );
}

const Copy: Kit["Copy"] = ({ truth: id, text, label }) => {
  const [done, setDone] = useState(false);
  const { L } = useEnv();
  const copy = () => {
    navigator.clipboard?.writeText(text).catch(() => undefined);
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  };
  return (
    <div ref={truth(id)} className={c("fxc-copybutton azc-button-icon")} {...{ type: "button" }} role="button" title={label} aria-label={label} {...press(copy)}>
      <Glyph name="Copy" />
      {done && <div className={c("fxs-tooltip-copied")}>{L("shell.copied")}</div>}
    </div>
  );
};

const Icon: Kit["Icon"] = ({ truth: id, name, label, press: action }) => (
  <div ref={truth(id)} className={c("fxc-copybutton azc-button-icon")} {...{ type: "button" }} role="button" title={label} aria-label={label} {...press(action)}>
    <Glyph name={name} />
  </div>
);

/** The "…" of a row and the menu it opens at the end of the document. */
const More: Kit["More"] = ({ truth: id, label, items }) => {
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

const Sign: Kit["Sign"] = ({ ok }) => <Glyph name={ok ? "Check" : "Warning"} />;

function FactItem({ item }: { item: Fact }) {
  const { L } = useEnv();
  return (
    <div className={c("fxc-essentials-item")}>
      <div className={c("fxc-essentials-label-container")}>
        <label className={c("fxc-essentials-label msportalfx-tooltip-overflow")} title={item.label}>
          {item.label}
        </label>
      </div>
      <div className={c("fxc-essentials-separator")}>:</div>
      <div className={c("fxc-essentials-value-wrapper")}>
        {item.link ? (
          <a
            ref={truth(item.truth)}
            className={c("fxc-essentials-value fxs-fxclick msportalfx-text-primary")}
            href="#"
            title={item.value}
            onClick={(event) => {
              event.preventDefault();
              item.link?.();
            }}
          >
            {item.value}
          </a>
        ) : (
          <div ref={truth(item.truth)} className={c("fxc-essentials-value fxs-portal-text")} title={item.value}>
            <span>{item.value}</span>
            <span className={c("fxs-tooltip-hidden")}>{item.value}</span>
          </div>
        )}
        {item.copy && <Copy text={item.value} label={L("shell.copy")} />}
      </div>
    </div>
  );
}

const Facts: Kit["Facts"] = ({ title, items }) => {
  const [open, setOpen] = useState(true);
  const half = Math.ceil(items.length / 2);
  return (
    <div className={c("fxc-essentials fxc-base")}>
      <div className={c("fxc-essentials-accordion-expander")} role="button" aria-expanded={open} {...press(() => setOpen(!open))}>
        <Glyph name="Chevron" />
        <span className={c("fxc-essentials-title")}>{title}</span>
      </div>
      {open && (
        <div className={c("fxc-essentials-body")}>
          {[items.slice(0, half), items.slice(half)].map((column, i) => (
            <div key={i} className={c("fxc-essentials-column-container")}>
              {column.map((item) => (
                <FactItem key={item.label} item={item} />
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  );
};

const Banner: Kit["Banner"] = ({ tone, children, close }) => {
  const { L } = useEnv();
  return (
    <div className={c(`fxc-infobox azc-infoBox msportalfx-${tone}`)} role={tone === "error" ? "alert" : "status"}>
      <span className={c("fxc-infobox-text")}>{children}</span>
      {close && (
        <div className={c("fxc-infobox-close")} role="button" title={L("shell.close")} aria-label={L("shell.close")} {...press(close)}>
          ×
        </div>
      )}
    </div>
  );
};

const Tile: Kit["Tile"] = ({ truth: id, title, text, wide, selected, press: action }) => (
  <div
    ref={truth(id)}
    className={c(`ext-ad-api-tile fxs-portal-border${wide ? " ext-ad-api-tile-wide" : ""}${selected ? " ext-ad-api-tile-selected" : ""}`)}
    role="button"
    aria-pressed={selected}
    {...press(action)}
  >
    <div className={c("ext-ad-api-tile-title")}>{title}</div>
    <div className={c("ext-ad-api-tile-text")}>{text}</div>
  </div>
);

const Group: Kit["Group"] = ({ truth: id, label, open, toggle, children }) => (
  <div className={c("ext-ad-permission-group")} role="rowgroup">
    <div ref={truth(id)} className={c("ext-ad-permission-group-header")} role="button" aria-expanded={open} {...press(toggle)}>
      <span className={c(`ext-ad-chevron${open ? " ext-ad-chevron-open" : ""}`)}>
        <Glyph name="Chevron" />
      </span>
      <span>{label}</span>
    </div>
    {open && children}
  </div>
);

const Pane: Kit["Pane"] = ({ truth: id, title, close, footer, children, wide }) => {
  const { L } = useEnv();
  return createPortal(
    <div
      className={c(`fxs-contextpane fxs-portal-bg-txt-br fxs-contextpane-visible${wide ? " fxs-contextpane-wide" : ""}`)}
      role="dialog"
      aria-labelledby="fxsContextPaneTitle"
    >
      <div className={c("fxs-contextpane-header")}>
        <h2 ref={truth(id)} id="fxsContextPaneTitle" className={c("fxs-contextpane-title")}>
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

const Ask: Kit["Ask"] = ({ title, text, buttons }) => {
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
              title={button.label}
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

const Busy = () => {
  const { L } = useEnv();
  return (
    <div className={c("fxs-blade-progress")} role="progressbar" aria-label={L("shell.loading")}>
      <span className={c("fxs-blade-progress-dots")}>• • •</span>
    </div>
  );
};

const Heading: Kit["Heading"] = ({ children }) => <h3 className={c("msportalfx-text-header")}>{children}</h3>;

export const fx: Kit = { Commands, Button, Link, Text, File, Search, Drop, Radios, Check, Tabs, Grid, Facts, Copy, Icon, More, Sign, Banner, Tile, Group, Pane, Ask, Busy, Heading };
export type { Option };
