/** On a phone a row of a table is shown as a card: each cell is told its column, and the table's meaning is kept for readers aloud. */
import { all } from "./dom.ts";

export function startTables(): void {
  for (const table of all<HTMLTableElement>("table.rows, table.claims")) {
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((head) => head.textContent?.trim() ?? "");
    table.setAttribute("role", "table");
    for (const group of [table.tHead, ...table.tBodies]) group?.setAttribute("role", "rowgroup");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      let column = 0;
      for (const cell of row.cells) {
        const head = cell.localName === "th";
        cell.setAttribute("role", head ? (cell.closest("thead") ? "columnheader" : "rowheader") : "cell");
        if (!cell.closest("thead") && heads[column]) cell.dataset["label"] = heads[column];
        column += cell.colSpan;
      }
    }
  }
}
