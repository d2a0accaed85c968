// The controls a page is made of. Each page is written once against these; the shell draws them its way, React frames
// draw them with Fluent.
import type { ComponentType, ReactNode } from "react";

export interface Command {
  truth?: string;
  label: string;
  icon?: string;
  telemetry?: string;
  disabled?: boolean;
  press?: () => void;
}

export interface Field {
  truth?: string;
  label: string;
  value: string;
  change: (value: string) => void;
  required?: boolean;
  placeholder?: string;
  error?: string;
  hidden?: boolean;
  about?: string;
}

export interface Option {
  key: string;
  text: string;
  truth?: string;
}

export interface Pick {
  truth?: string;
  label: string;
  options: Option[];
  selected?: string;
  change: (key: string) => void;
  placeholder?: string;
  hidden?: boolean;
}

export interface Column<R> {
  key: string;
  name: string;
  width: number;
  text: (row: R) => string;
  show?: (row: R) => ReactNode;
  truth?: (row: R) => string | undefined;
}

export interface Rows<R> {
  label: string;
  columns: Column<R>[];
  rows: R[];
  id: (row: R) => string;
  group?: (row: R) => string;
  empty?: string;
  /** Rows are drawn only while they are in view. */
  virtual?: boolean;
  rowTruth?: (row: R) => string | undefined;
}

export interface Fact {
  label: string;
  value: string;
  truth?: string;
  copy?: boolean;
  link?: () => void;
}

export interface Kit {
  Commands: ComponentType<{ items: Command[]; inner?: boolean }>;
  Button: ComponentType<{ truth?: string; label: string; primary?: boolean; disabled?: boolean; form?: string; press: () => void }>;
  Link: ComponentType<{ truth?: string; label: string; className?: string; press: () => void; bind?: string }>;
  Text: ComponentType<Field>;
  File: ComponentType<{ truth?: string; label: string; read: (text: string) => void }>;
  Search: ComponentType<{ truth?: string; placeholder: string; value: string; change: (value: string) => void }>;
  Drop: ComponentType<Pick>;
  Radios: ComponentType<Pick>;
  Check: ComponentType<{ truth?: string; label: string; checked: boolean; change: (on: boolean) => void; row?: ReactNode }>;
  Tabs: ComponentType<{ label: string; items: Option[]; selected: string; change: (key: string) => void }>;
  Grid: <R>(props: Rows<R>) => ReactNode;
  Facts: ComponentType<{ title: string; items: Fact[] }>;
  Copy: ComponentType<{ truth?: string; text: string; label: string }>;
  Icon: ComponentType<{ truth?: string; name: string; label: string; press: () => void }>;
  More: ComponentType<{ truth?: string; label: string; items: { truth?: string; label: string; press: () => void }[] }>;
  Sign: ComponentType<{ ok: boolean }>;
  Banner: ComponentType<{ tone: "info" | "warn" | "error" | "ok"; children: ReactNode; close?: () => void }>;
  Tile: ComponentType<{ truth?: string; title: string; text: string; wide?: boolean; selected?: boolean; press: () => void }>;
  Group: ComponentType<{ truth?: string; label: string; open: boolean; toggle: () => void; children: ReactNode }>;
  Pane: ComponentType<{ truth?: string; title: string; close: () => void; footer?: ReactNode; children: ReactNode; wide?: boolean }>;
  Ask: ComponentType<{ title: string; text: string; buttons: { truth?: string; label: string; press: () => void }[] }>;
  Busy: ComponentType;
  Heading: ComponentType<{ children: ReactNode }>;
}
