/** Dates as readouts give them: a day, a month or a year (`2023-05-04`, `2023-05`, `2023`), as the stretch of time that they name. */

/** From the first moment to just before the last, in milliseconds. */
export interface Stretch {
  from: number;
  to: number;
}

export type Precision = "day" | "month" | "year" | "interval";

export const DAY = 86_400_000;

/** What a partial date covers; null where it is none. */
export function stretch(from: string | null | undefined, to?: string | null): Stretch | null {
  const first = covered(from ?? to);
  const last = covered(to ?? from);
  if (!first || !last) return null;
  return first.from <= last.to ? { from: first.from, to: last.to } : { from: last.from, to: first.to };
}

function covered(date: string | null | undefined): Stretch | null {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date ?? "");
  if (!parts) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 0), Number(parts[3] ?? 0)];
  const from = at(year, Math.max(0, month - 1), day || 1);
  const to = day ? from + DAY : month ? at(year, month, 1) : at(year + 1, 0, 1);
  return { from, to };
}

function at(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(2000, month, day));
  date.setUTCFullYear(year + date.getUTCFullYear() - 2000);
  return date.getTime();
}

/** How exactly a date is known, from its shape. */
export function precision(from: string | null, to: string | null): Precision {
  if (from && to && from !== to) return "interval";
  const length = (from ?? to ?? "").length;
  return length >= 10 ? "day" : length >= 7 ? "month" : "year";
}

/** `2023-05-04` of a moment. */
export function day(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** `2023-05` of a count of months since the year 0. */
export function monthName(count: number): string {
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}`;
}

/** The count of months since the year 0 of `2023-05`. */
export function monthCount(name: string): number {
  const [year = 0, month = 1] = name.split("-").map(Number);
  return year * 12 + month - 1;
}
