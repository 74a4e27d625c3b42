/**
 * On a phone a row of a table is shown as a card: each cell is told its column, and the table's meaning is kept for readers aloud.
 * Columns of numbers stand at the right.
 */
import { all } from "./dom.ts";

export function nameCells(within: ParentNode): void {
  for (const table of all<HTMLTableElement>("table.rows, table.claims", within)) {
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    table.setAttribute("role", "table");
    for (const group of [table.tHead, ...table.tBodies]) group?.setAttribute("role", "rowgroup");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      for (const cell of row.cells) {
        const head = heads[cell.cellIndex];
        const role = cell.localName === "td" ? "cell" : heads.includes(cell as HTMLTableCellElement) ? "columnheader" : "rowheader";
        cell.setAttribute("role", role);
        if (role !== "columnheader" && head) cell.dataset["label"] = capital(head.textContent?.trim() ?? "");
      }
    }
    heads.forEach((_, column) => alignNumbers(table, column));
  }
}

function alignNumbers(table: HTMLTableElement, column: number): void {
  const cells = [...table.rows].map((row) => row.cells[column]).filter((cell) => cell !== undefined);
  const words = cells.slice(1).map((cell) => cell.textContent?.trim() ?? "");
  if (!words.some(Boolean) || !words.every((text) => /^[\d.,]*%?$/.test(text))) return;
  for (const cell of cells) cell.classList.add("number");
}

/** An id, as `d2`, stays as it is. */
function capital(words: string): string {
  return /\d/.test(words) ? words : words.slice(0, 1).toUpperCase() + words.slice(1);
}
