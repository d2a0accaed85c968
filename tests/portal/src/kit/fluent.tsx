// The controls of React frames: Microsoft's own Fluent packages, version 8 for most, 9 where newer views use it.
import {
  Checkbox,
  ChoiceGroup,
  CommandBar,
  CompoundButton,
  DefaultButton,
  DetailsList,
  DetailsListLayoutMode,
  Dialog,
  DialogFooter,
  Dropdown,
  Icon as FluentIcon,
  IconButton,
  type IColumn,
  type IGroup,
  Link as FluentLink,
  MessageBar,
  MessageBarType,
  Panel,
  PanelType,
  Pivot,
  PivotItem,
  PrimaryButton,
  SearchBox,
  SelectionMode,
  Spinner,
  Text as FluentText,
  TextField,
} from "@fluentui/react";
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button as ButtonV9,
  Dialog as DialogV9,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Label,
} from "@fluentui/react-components";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { useEnv } from "../base/env";
import { certificateText } from "../base/file";
import { folds, mark, truth, useMarks } from "../base/truth";
import { shuffled, telemetry } from "../drift/drift";
import { VirtualGrid } from "./fluent-grid";
import type { Fact, Kit, Rows } from "./types";

const Commands: Kit["Commands"] = ({ items }) => {
  const ref = useMarks((root) => {
    const buttons = [...root.querySelectorAll("button")];
    const drawn = (label: string) => buttons.find((b) => b.querySelector(".ms-Button-textContainer")?.textContent === label);
    const more = root.querySelector(".ms-CommandBar-overflowButton");
    folds(more, items.filter((item) => !drawn(item.label)).map((item) => item.truth));
    return [[more, "shell.more-commands"], ...items.map((item): [Element | undefined, string | undefined] => [drawn(item.label), item.truth])];
  });
  return (
    <div ref={ref}>
      <CommandBar
        items={shuffled(items, items.map((i) => i.truth).join()).map((item) => ({
          key: item.label,
          text: item.label,
          iconProps: { iconName: item.icon === "Check" ? "CheckMark" : (item.icon ?? "Add") },
          disabled: item.disabled,
          onClick: () => item.press?.(),
          "data-telemetryname": telemetry(item.telemetry),
        }))}
      />
    </div>
  );
};

const Button: Kit["Button"] = ({ truth: id, label, primary, disabled, press }) => {
  const Kind = primary ? PrimaryButton : DefaultButton;
  return <Kind elementRef={truth(id)} text={label} disabled={disabled} onClick={press} />;
};

const Link: Kit["Link"] = ({ truth: id, label, press }) => (
  <FluentLink ref={truth(id)} onClick={press}>
    {label}
  </FluentLink>
);

const Text: Kit["Text"] = (p) => {
  const ref = useMarks((root) => [[root.querySelector("input"), p.truth]]);
  return (
    <div ref={ref} className="f-field">
      <TextField
        label={p.hidden ? undefined : p.label}
        ariaLabel={p.hidden ? p.label : undefined}
        required={p.required}
        placeholder={p.placeholder}
        description={p.about}
        errorMessage={p.error}
        value={p.value}
        autoComplete="off"
        onChange={(_, value) => p.change(value ?? "")}
      />
    </div>
  );
};

const File: Kit["File"] = ({ truth: id, label, read }) => {
  const field = useId();
  return (
    <div className="f-field">
      <Label htmlFor={field}>{label}</Label>
      <input
        ref={truth(id)}
        id={field}
        type="file"
        accept=".cer,.pem,.crt"
        aria-label={label}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void certificateText(file).then(read);
        }}
      />
    </div>
  );
};

const Search: Kit["Search"] = (p) => {
  const ref = useMarks((root) => [[root.querySelector("input"), p.truth]]);
  return (
    <div ref={ref} className="f-search">
      <SearchBox placeholder={p.placeholder} value={p.value} onChange={(_, value) => p.change(value ?? "")} />
    </div>
  );
};

const Drop: Kit["Drop"] = (p) => {
  const ref = useMarks((root) => [[root.querySelector("[role=combobox]"), p.truth]]);
  return (
    <div ref={ref} className="f-field">
      <Dropdown
        label={p.hidden ? undefined : p.label}
        ariaLabel={p.hidden ? p.label : undefined}
        placeholder={p.placeholder}
        selectedKey={p.selected ?? null}
        options={p.options.map((o) => ({ key: o.key, text: o.text, data: o.truth }))}
        onRenderOption={(option) => (
          <span
            className="ms-Dropdown-optionText"
            ref={(el) => mark(el?.closest("[role=option]"), option?.data as string | undefined)}
          >
            {option?.text}
          </span>
        )}
        onChange={(_, option) => option && p.change(String(option.key))}
      />
    </div>
  );
};

const Radios: Kit["Radios"] = (p) => {
  const ref = useMarks((root) => {
    const inputs = [...root.querySelectorAll("input")];
    return [[root.querySelector("[role=radiogroup]"), p.truth], ...p.options.map((o, i) => [inputs[i], o.truth] as [Element | undefined, string | undefined])];
  });
  return (
    <div ref={ref}>
      <ChoiceGroup
        ariaLabelledBy={undefined}
        label={p.label}
        selectedKey={p.selected}
        options={p.options.map((o) => ({ key: o.key, text: o.text }))}
        onChange={(_, option) => option && p.change(option.key)}
      />
    </div>
  );
};

const Check: Kit["Check"] = (p) => {
  const ref = useMarks((root) => [[root.querySelector("input[type=checkbox]"), p.truth]]);
  return (
    <div ref={ref} className="f-check">
      <Checkbox label={p.label} checked={p.checked} onChange={(_, on) => p.change(Boolean(on))} />
      <div className="f-check-about">{p.row}</div>
    </div>
  );
};

const Tabs: Kit["Tabs"] = (given) => {
  const p = { ...given, items: shuffled(given.items, given.label) };
  const ref = useMarks((root) => {
    const tabs = [...root.querySelectorAll("[role=tab]")];
    return p.items.map((item, i) => [tabs[i], item.truth]);
  });
  return (
    <div ref={ref}>
      <Pivot aria-label={p.label} headersOnly selectedKey={p.selected} onLinkClick={(item) => item?.props.itemKey && p.change(item.props.itemKey)} overflowBehavior="none">
        {p.items.map((item) => (
          <PivotItem key={item.key} itemKey={item.key} headerText={item.text} />
        ))}
      </Pivot>
    </div>
  );
};

function Grid<R>(p: Rows<R>) {
  const { session } = useEnv();
  return p.virtual && session.scenario.lists === "v9" ? <VirtualGrid {...p} /> : <GridV8 {...p} />;
}

function GridV8<R>(p: Rows<R>) {
  const [closed, setClosed] = useState<Record<string, boolean>>({});
  const names = p.group ? [...new Set(p.rows.map(p.group))] : [];
  const rows = p.group ? names.flatMap((name) => p.rows.filter((r) => p.group?.(r) === name)) : p.rows;
  const groups: IGroup[] | undefined = p.group && names.map((name) => {
    const startIndex = rows.findIndex((r) => p.group?.(r) === name);
    return { key: name, name, startIndex, count: rows.filter((r) => p.group?.(r) === name).length, isCollapsed: closed[name] };
  });
  const columns: IColumn[] = shuffled(p.columns, p.columns.map((c) => c.key).join()).map((column, n) => ({
    key: column.key,
    name: column.name,
    minWidth: 60 * column.width,
    maxWidth: 120 * column.width,
    isResizable: true,
    isRowHeader: n === 0,
    onRender: (row: R) => (
      <span
        className="f-cell"
        ref={(el) => {
          mark(el?.closest("[role=gridcell],[role=rowheader]"), column.truth?.(row));
          if (n === 0) mark(el?.closest("[role=row]"), p.rowTruth?.(row));
        }}
      >
        {column.show ? column.show(row) : column.text(row)}
      </span>
    ),
  }));
  return (
    <div className={p.virtual ? "f-scroll" : undefined} data-is-scrollable={p.virtual}>
      <DetailsList
        ariaLabelForGrid={p.label}
        items={rows}
        columns={columns}
        groups={groups}
        groupProps={{ onToggleCollapseAll: () => undefined, headerProps: { onToggleCollapse: (g) => setClosed({ ...closed, [g.key]: !closed[g.key] }) } }}
        getKey={(row) => p.id(row as R)}
        selectionMode={SelectionMode.none}
        layoutMode={DetailsListLayoutMode.justified}
        compact
      />
      {p.rows.length === 0 && p.empty && <FluentText block>{p.empty}</FluentText>}
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
    <IconButton
      elementRef={truth(id)}
      iconProps={{ iconName: done ? "CheckMark" : "Copy" }}
      title={done ? L("shell.copied") : label}
      ariaLabel={label}
      onClick={copy}
      styles={{ root: { height: 24, width: 24 } }}
    />
  );
};

const Icon: Kit["Icon"] = ({ truth: id, name, label, press }) => <IconButton elementRef={truth(id)} iconProps={{ iconName: name }} title={label} ariaLabel={label} onClick={press} />;

const More: Kit["More"] = ({ truth: id, label, items }) => (
  <IconButton
    elementRef={truth(id)}
    iconProps={{ iconName: "More" }}
    title={label}
    ariaLabel={label}
    menuIconProps={{ hidden: true }}
    styles={{ root: { height: 24, width: 24 } }}
    menuProps={{
      items: items.map((item) => ({
        key: item.label,
        text: item.label,
        onClick: item.press,
        onRenderContent: (props, inside) => (
          <span ref={(el) => mark(el?.closest("[role=menuitem]"), item.truth)}>{inside.renderItemName(props)}</span>
        ),
      })),
    }}
  />
);

const Sign: Kit["Sign"] = ({ ok }) => <FluentIcon iconName={ok ? "CompletedSolid" : "Warning"} />;

/** The third live layout of Essentials: a label and a read-only input. */
function InputFact({ item }: { item: Fact }) {
  const { L } = useEnv();
  const ref = useMarks((root) => [[root.querySelector("input"), item.truth]]);
  return (
    <div ref={ref} className="p-row">
      <TextField label={item.label} readOnly value={item.value} />
      {item.copy && <Copy text={item.value} label={L("shell.copy")} />}
    </div>
  );
}

/** A number that differs with every drawing, as the portal's own class names have it. */
function PropertyField({ item, run }: { item: Fact; run: number }) {
  const { L } = useEnv();
  const id = `PropertyField${useId().replace(/\W/g, "")}`;
  return (
    <div className={`essentialsItem-${run}`}>
      <Label id={`${id}-label`} className={`essentialsLabel-${run}`}>
        {item.label}
      </Label>
      <div className={`essentialsValue-${run}`} aria-labelledby={`${id}-label`}>
        {item.link ? (
          <FluentLink ref={truth(item.truth)} title={item.value} onClick={item.link}>
            {item.value}
          </FluentLink>
        ) : (
          <span ref={truth(item.truth)} title={item.value}>
            {item.value}
          </span>
        )}
        {item.copy && <Copy text={item.value} label={L("shell.copy")} />}
      </div>
    </div>
  );
}

const Facts: Kit["Facts"] = ({ title, items }) => {
  const { session } = useEnv();
  const inputs = session.scenario.facts === "input";
  const run = useMemo(() => 100 + Math.floor(Math.random() * 900), []);
  return (
    <Accordion collapsible defaultOpenItems={["facts"]}>
      <AccordionItem value="facts">
        <AccordionHeader>{title}</AccordionHeader>
        <AccordionPanel>
          <div className="f-facts">
            {shuffled(items, title).map((item) =>
              inputs && !item.link ? <InputFact key={item.label} item={item} /> : <PropertyField key={item.label} item={item} run={run} />,
            )}
          </div>
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
};

const KINDS = { info: MessageBarType.info, warn: MessageBarType.warning, error: MessageBarType.error, ok: MessageBarType.success };

const Banner: Kit["Banner"] = ({ tone, children, close }) => {
  const { L } = useEnv();
  return (
    <MessageBar messageBarType={KINDS[tone]} onDismiss={close} dismissButtonAriaLabel={close && L("shell.close")}>
      {children}
    </MessageBar>
  );
};

const Tile: Kit["Tile"] = ({ truth: id, title, text, wide, selected, press }) => (
  <CompoundButton
    elementRef={truth(id)}
    primary={selected}
    aria-pressed={selected}
    text={title}
    secondaryText={text || undefined}
    onClick={press}
    styles={{ root: { minWidth: wide ? "100%" : 270, maxWidth: wide ? "100%" : 270, minHeight: 90 }, description: { whiteSpace: "normal" } }}
  />
);

const Group: Kit["Group"] = ({ truth: id, label, open, toggle, children }) => (
  <Accordion openItems={open ? ["group"] : []} onToggle={toggle}>
    <AccordionItem value="group">
      <AccordionHeader button={{ ref: truth(id) }}>{label}</AccordionHeader>
      <AccordionPanel>{children}</AccordionPanel>
    </AccordionItem>
  </Accordion>
);

const Pane: Kit["Pane"] = ({ truth: id, title, close, footer, children, wide }) => {
  const { L } = useEnv();
  return (
    <Panel
      isOpen
      type={wide ? PanelType.custom : PanelType.medium}
      customWidth={wide ? "820px" : undefined}
      headerText={title}
      closeButtonAriaLabel={L("shell.close")}
      onDismiss={close}
      isFooterAtBottom
      onRenderFooterContent={footer ? () => <div className="p-row">{footer}</div> : undefined}
    >
      <span hidden ref={(el) => mark(el?.closest(".ms-Panel-main")?.querySelector(".ms-Panel-headerText"), id)} />
      {children}
    </Panel>
  );
};

const AskV9: Kit["Ask"] = ({ title, text, buttons }) => (
  <DialogV9 open modalType="alert">
    <DialogSurface>
      <DialogBody>
        <DialogTitle>{title}</DialogTitle>
        <DialogContent>{text}</DialogContent>
        <DialogActions>
          {buttons.map((button, i) => (
            <ButtonV9 key={button.label} ref={truth(button.truth)} appearance={i === 0 ? "primary" : "secondary"} onClick={button.press}>
              {button.label}
            </ButtonV9>
          ))}
        </DialogActions>
      </DialogBody>
    </DialogSurface>
  </DialogV9>
);

/** The browser's own modal dialog: all else in the document is inert while it is open. */
const AskNative: Kit["Ask"] = ({ title, text, buttons }) => {
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);
  return (
    <dialog ref={ref} aria-labelledby={id} onCancel={(event) => event.preventDefault()}>
      <h3 id={id}>{title}</h3>
      <p>{text}</p>
      {buttons.map((button) => (
        <button key={button.label} ref={truth(button.truth)} type="button" onClick={button.press}>
          {button.label}
        </button>
      ))}
    </dialog>
  );
};

const Ask: Kit["Ask"] = (p) => {
  const { session } = useEnv();
  if (session.scenario.dialogs === "v9") return <AskV9 {...p} />;
  return session.scenario.dialogs === "native" ? <AskNative {...p} /> : <AskV8 {...p} />;
};

const AskV8: Kit["Ask"] = ({ title, text, buttons }) => (
  <Dialog hidden={false} minWidth={460} dialogContentProps={{ title, subText: text }} modalProps={{ isBlocking: true }} onDismiss={buttons.at(-1)?.press}>
    <DialogFooter>
      {buttons.map((button, i) => (
        <Button key={button.label} truth={button.truth} label={button.label} primary={i === 0} press={button.press} />
      ))}
    </DialogFooter>
  </Dialog>
);

const Busy: Kit["Busy"] = () => {
  const { L } = useEnv();
  return <Spinner label={L("shell.loading")} />;
};

const Heading: Kit["Heading"] = ({ children }) => (
  <FluentText as="h3" variant="mediumPlus" block className="f-heading">
    {children}
  </FluentText>
);

export const fluent: Kit = { Commands, Button, Link, Text, File, Search, Drop, Radios, Check, Tabs, Grid, Facts, Copy, Icon, More, Sign, Banner, Tile, Group, Pane, Ask, Busy, Heading };
