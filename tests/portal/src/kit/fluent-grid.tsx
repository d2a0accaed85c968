// A long list as newer views draw it: version 9's grid, of which only the rows in view are in the document.
import {
  DataGrid,
  DataGridBody,
  DataGridCell,
  DataGridHeader,
  DataGridHeaderCell,
  DataGridRow,
} from "@fluentui-contrib/react-data-grid-react-window";
import { createTableColumn, type TableColumnDefinition, type TableRowData } from "@fluentui/react-components";
import { mark } from "../base/truth";
import { shuffled } from "../drift/drift";
import type { Rows } from "./types";

/** Height of one row, in CSS pixels. */
const ROW = 44;

/** What the frame's other controls take of its height, in CSS pixels. */
const ABOVE = 230;

export function VirtualGrid<R>(p: Rows<R>) {
  const columns = shuffled(p.columns, p.columns.map((c) => c.key).join()).map((column, n) =>
    createTableColumn<R>({
      columnId: column.key,
      renderHeaderCell: () => column.name,
      renderCell: (row) => (
        <span
          className="f-cell"
          ref={(el) => {
            mark(el?.closest("[role=gridcell]"), column.truth?.(row));
            if (n === 0) mark(el?.closest("[role=row]"), p.rowTruth?.(row));
          }}
        >
          {column.show ? column.show(row) : column.text(row)}
        </span>
      ),
    }),
  );
  return (
    <DataGrid aria-label={p.label} items={p.rows} columns={columns as TableColumnDefinition<unknown>[]} getRowId={(row) => p.id(row as R)} size="small">
      <DataGridHeader>
        <DataGridRow>{({ renderHeaderCell }) => <DataGridHeaderCell>{renderHeaderCell()}</DataGridHeaderCell>}</DataGridRow>
      </DataGridHeader>
      <DataGridBody<R> itemSize={ROW} height={Math.max(160, innerHeight - ABOVE)} listProps={{ className: "f-window" }}>
        {({ item, rowId }: TableRowData<R>, style) => (
          <DataGridRow<R> key={rowId} style={style}>
            {({ renderCell }) => <DataGridCell>{renderCell(item)}</DataGridCell>}
          </DataGridRow>
        )}
      </DataGridBody>
    </DataGrid>
  );
}
