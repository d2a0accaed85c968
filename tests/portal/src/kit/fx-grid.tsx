// The shell's grid: rows of divs, drawn only while in view when the list is long, grouped when asked.
import { useRef, useState } from "react";
import { truth } from "../base/truth";
import { shuffled } from "../drift/drift";
import { c } from "./classes";
import { Glyph, press } from "./fx-base";
import type { Column, Rows } from "./types";

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

export function Grid<R>(given: Rows<R>) {
  const p = { ...given, columns: shuffled(given.columns, given.columns.map((c) => c.key).join()) };
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
