// The shell's own controls: divs with roles, fxs-/fxc-/azc- classes, popups at the end of the document, hidden tooltip
// copies of texts. What the facts know of their attributes is kept; what they do not know is left out.
import { useId, useState } from "react";
import { useEnv } from "../base/env";
import { certificateText } from "../base/file";
import { truth } from "../base/truth";
import { drift, shuffled, telemetry, title } from "../drift/drift";
import { c } from "./classes";
import { Glyph, Labelled, press } from "./fx-base";
import { Grid } from "./fx-grid";
import { Ask, Drop, More, Pane } from "./fx-popups";
import type { Command, Fact, Field, Kit, Pick } from "./types";

function Commands({ items, inner }: { items: Command[]; inner?: boolean }) {
  const Tag = drift().native ? "button" : "div";
  return (
    <ul className={c(inner ? "azc-toolbar azc-toolbar-inner" : "azc-toolbar fxs-commandBar")} role="toolbar">
      {shuffled(items, items.map((i) => i.truth).join()).map((item) => (
        <li key={item.label} className={c("azc-toolbar-item fxs-commandBar-item")} role="presentation">
          <Tag
            ref={truth(item.truth)}
            className={c(`azc-toolbarButton-container fxs-fxclick fxs-portal-hover${item.disabled ? " azc-toolbarButton-disabled" : ""}`)}
            role={drift().native ? undefined : "button"}
            title={title(item.label)}
            aria-label={title(item.label)}
            {...press(item.press, item.disabled)}
          >
            <div className={c("azc-toolbarButton-icon")}>
              <Glyph name={item.icon ?? "Dot"} />
            </div>
            <div className={c("azc-toolbarButton-label fxs-commandBar-item-text")} data-telemetryname={telemetry(item.telemetry)}>
              {item.label}
            </div>
          </Tag>
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
      title={title(label)}
      aria-label={title(label)}
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
      {shuffled(items, label).map((item) => (
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

const Facts: Kit["Facts"] = ({ title: heading, items }) => {
  const [open, setOpen] = useState(true);
  const sorted = shuffled(items, heading);
  const half = Math.ceil(sorted.length / 2);
  return (
    <div className={c("fxc-essentials fxc-base")}>
      <div className={c("fxc-essentials-accordion-expander")} role="button" aria-expanded={open} {...press(() => setOpen(!open))}>
        <Glyph name="Chevron" />
        <span className={c("fxc-essentials-title")}>{heading}</span>
      </div>
      {open && (
        <div className={c("fxc-essentials-body")}>
          {[sorted.slice(0, half), sorted.slice(half)].map((column, i) => (
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
