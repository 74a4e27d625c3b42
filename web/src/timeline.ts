/** Meetings through time: a lane for each pair of sides, a mark for each meeting, shaped by how exactly its date is known. */
import { scaleUtc } from "d3-scale";
import { DAY, day, precision, stretch, type Stretch } from "./dates.ts";
import { all, draw, make } from "./dom.ts";
import { button, fillLegend, type Frame, frame, redraw, rove, saveButtons } from "./frame.ts";
import { listen } from "./gestures.ts";
import { type Overview, overview } from "./overview.ts";
import { twin, type Twin } from "./rows.ts";

interface Row {
  id: string;
  date_from: string | null;
  date_to: string | null;
  place: string | null;
  /** The sides: their codes, or persons with codes in brackets. */
  parties: string | string[] | null;
  /** The sides for people. */
  who?: string | null;
  told: string | null;
  documents: number | null;
  planned: boolean | number | null;
}

/** A meeting with a date, ready to be drawn. */
interface Meeting extends Stretch {
  id: string;
  lane: number;
  styled: string;
  dot: boolean;
  words: string;
  name: string;
}

/** Meetings too near each other to be told apart are one bubble. */
type Mark = { x: number; wide: number; meetings: Meeting[] };

const LANES = 16;
const LANE = 34;
const AXIS = 26;
const NEAR = 17;

export async function timeline(figure: HTMLElement, source: string): Promise<void> {
  const { rows } = await twin<Twin<Row>>(whole(source));
  const { lanes, meetings, undated } = arranged(rows);
  const within = frame(
    figure,
    "Timeline of meetings",
    "Left and right arrow go from meeting to meeting, up and down from lane to lane, Enter opens. " +
      "Plus and minus zoom, Shift with an arrow moves, 0 shows all.",
  );
  if (meetings.length === 0) {
    within.figure.replaceChildren(make("p", { class: "empty" }, "No meeting here has a date."));
    return;
  }
  const full = extent(meetings);
  let view = asked(full);
  let under: Overview | undefined;

  const paint = () => {
    const drawn = drawLanes(within, lanes, meetings, view, (to) => change(to));
    under?.place(view);
    within.say(summary(drawn, meetings.length, undated, view));
  };
  /** Another stretch of time, kept within what there is, and told to the address. */
  const change = (to: Stretch) => {
    view = kept(to, full);
    paint();
    tell(view, full);
  };
  const zoom = (factor: number, at = (view.from + view.to) / 2) =>
    change({ from: at - (at - view.from) / factor, to: at + (view.to - at) / factor });
  const move = (share: number) => {
    const by = (view.to - view.from) * share;
    change({ from: view.from + by, to: view.to + by });
  };
  const moment = (x: number) => {
    const { left, right } = sides(within.width());
    return view.from + ((x - left) / (right - left)) * (view.to - view.from);
  };

  button(within.tools, "−", "Zoom out", () => zoom(1 / 1.6));
  button(within.tools, "+", "Zoom in", () => zoom(1.6));
  button(within.tools, "All", "Show all", () => change(full));
  if (document.querySelector("form.filter, table.rows")) {
    button(within.tools, "Filter the table", "Filter the table by these dates", () => filter(view, full));
  }
  saveButtons(within, "timeline");
  fillLegend(within.legend, keys(meetings));
  under = overview(within, meetings, full, change);

  listen(
    within.drawing,
    {
      move: (dx) => {
        const { left, right } = sides(within.width());
        move(-dx / (right - left));
      },
      zoom: (factor, x) => zoom(factor, moment(x)),
    },
    true,
  );
  figure.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof SVGElement)) return;
    const step = { ArrowLeft: -0.15, ArrowRight: 0.15 }[event.key];
    if (event.shiftKey && step) move(step);
    else if (event.key === "+" || event.key === "=") zoom(1.6);
    else if (event.key === "-") zoom(1 / 1.6);
    else if (event.key === "0") change(full);
    else if (!walk(within.drawing, event.key)) return;
    event.preventDefault();
  });
  redraw(within, () => {
    under?.paint();
    paint();
  });
}

/** The figure's data without the dates of the filter, which are shown as a window on the whole. */
function whole(source: string): string {
  const url = new URL(source, location.href);
  url.searchParams.delete("from");
  url.searchParams.delete("to");
  return url.pathname + url.search;
}

/** Lanes by how much met; the least of many share the last one. */
function arranged(rows: Row[]): { lanes: string[]; meetings: Meeting[]; undated: number } {
  const counts = new Map<string, number>();
  const dated = rows.flatMap((row) => {
    const when = stretch(row.date_from, row.date_to);
    if (!when) return [];
    const pair = sidesOf(row.parties) || "no parties named";
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
    return [{ row, when, pair }];
  });
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([pair]) => pair);
  const lanes = names.length > LANES ? [...names.slice(0, LANES - 1), `${names.length - LANES + 1} other pairs`] : names;
  const lane = new Map(names.map((pair, at) => [pair, Math.min(at, lanes.length - 1)]));
  const meetings = dated.map(({ row, when, pair }) => meeting(row, when, pair, lane.get(pair) ?? 0));
  meetings.sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  return { lanes, meetings, undated: rows.length - dated.length };
}

/** The codes of the sides, in one order whoever is named first; sides without codes stay as they are. */
function sidesOf(parties: string | string[] | null): string {
  const sides = Array.isArray(parties) ? parties : (parties ?? "").split(" – ");
  return sides.map((side) => /\(([^()]+)\)$/.exec(side)?.[1] ?? side).sort().join(" – ");
}

function meeting(row: Row, when: Stretch, pair: string, lane: number): Meeting {
  const known = precision(row.date_from, row.date_to);
  const planned = Boolean(row.planned);
  const mention = /^(background|mention)/.test(row.told ?? "");
  const date = row.date_to && row.date_to !== row.date_from ? `${row.date_from} to ${row.date_to}` : row.date_from;
  const documents = row.documents ?? 0;
  const told = planned ? "planned" : mention ? "known only by mention" : "reported";
  const words = [date, row.place, `${told} in ${documents} ${documents === 1 ? "document" : "documents"}`];
  return {
    ...when,
    id: row.id,
    lane,
    dot: known === "day",
    styled: `mark ${planned ? "planned" : mention || (known !== "day" && known !== "interval") ? "hollow" : "full"}`,
    words: `${row.who || pair}, ${words.filter(Boolean).join(", ")}`,
    name: `${row.id}: ${row.who || pair}, ${words.filter(Boolean).join(", ")}`,
  };
}

function keys(meetings: Meeting[]): Parameters<typeof fillLegend>[1] {
  const has = (one: (meeting: Meeting) => boolean) => meetings.some(one);
  const list: [boolean, Parameters<typeof fillLegend>[1][number]][] = [
    [true, ["dot", "mark full", "on a day, reported"]],
    [has((m) => m.dot && m.styled.endsWith("hollow")), ["dot", "mark hollow", "known only by mention"]],
    [has((m) => !m.dot && m.styled.endsWith("full")), ["bar", "mark full", "over several days"]],
    [has((m) => !m.dot && m.styled.endsWith("hollow")), ["bar", "mark hollow", "month or year known"]],
    [has((m) => m.styled.endsWith("planned")), ["bar", "mark planned", "planned"]],
    [true, ["dot", "mark many", "several: click to zoom in"]],
  ];
  return list.filter(([is]) => is).map(([, key]) => key);
}

function extent(meetings: Meeting[]): Stretch {
  const from = Math.min(...meetings.map((m) => m.from));
  const to = meetings.reduce((most, m) => Math.max(most, m.to), from);
  const edge = Math.max(3 * DAY, (to - from) * 0.02);
  return { from: from - edge, to: to + edge };
}

/** The stretch that the address asks for. */
function asked(full: Stretch): Stretch {
  const query = new URLSearchParams(location.search);
  const from = stretch(query.get("from"))?.from ?? full.from;
  const to = stretch(query.get("to"))?.to ?? full.to;
  return to > from ? kept({ from, to }, full) : full;
}

/** No less than a week, no more than all, nothing outside. */
function kept(to: Stretch, full: Stretch): Stretch {
  const long = Math.min(full.to - full.from, Math.max(7 * DAY, to.to - to.from));
  const middle = (to.from + to.to) / 2;
  const from = Math.min(Math.max(full.from, middle - long / 2), full.to - long);
  return { from, to: from + long };
}

/** What is in view stands in the address, so that it can be sent to somebody. */
function tell(view: Stretch, full: Stretch): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(dates(view, full))) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
    for (const field of all<HTMLInputElement>(`form.filter [name="${name}"]`)) field.value = value;
  }
  history.replaceState(history.state, "", url);
}

function dates(view: Stretch, full: Stretch): { from: string; to: string } {
  const all = view.from <= full.from + 1 && view.to >= full.to - 1;
  return all ? { from: "", to: "" } : { from: day(view.from), to: day(view.to - 1) };
}

function filter(view: Stretch, full: Stretch): void {
  tell(view, full);
  location.reload();
}

/** Where the lanes begin and end; on a narrow page their names stand above them. */
function sides(width: number): { left: number; right: number; narrow: boolean } {
  const narrow = width < 640;
  return { left: narrow ? 10 : 190, right: width - 14, narrow };
}

function drawLanes(
  { drawing, width, say }: Frame,
  lanes: string[],
  meetings: Meeting[],
  view: Stretch,
  change: (to: Stretch) => void,
): number {
  const wide = width();
  const { left, right, narrow } = sides(wide);
  const step = narrow ? LANE + 14 : LANE;
  const bottom = lanes.length * step + 4;
  const x = scaleUtc([view.from, view.to], [left, right]);
  const focused = document.activeElement?.getAttribute("data-id");
  const had = document.activeElement instanceof SVGElement && drawing.contains(document.activeElement);
  drawing.setAttribute("viewBox", `0 0 ${wide} ${bottom + AXIS}`);
  drawing.setAttribute("height", String(bottom + AXIS));

  const back = draw("g", { "aria-hidden": "true" });
  for (const tick of x.ticks(Math.max(2, Math.floor((right - left) / 110)))) {
    const at = Math.round(x(tick)) + 0.5;
    back.append(draw("path", { class: "grid", d: `M${at} 0V${bottom}` }));
    const sticks = at > right - 24 ? "end" : at < left + 24 ? "start" : "middle";
    const label = x.tickFormat()(tick);
    const styled = /^\d{4}$/.test(label) ? "tick year" : "tick";
    back.append(draw("text", { class: styled, x: at, y: bottom + 17, "text-anchor": sticks }, label));
  }
  lanes.forEach((name, at) => {
    const y = lineOf(at, step, narrow);
    back.append(draw("path", { class: "lane", d: `M${left} ${y + 0.5}H${right}` }));
    const label = draw("text", narrow ? { x: left, y: y - 15 } : { x: left - 14, y: y + 4, "text-anchor": "end" });
    label.classList.add("lane-name");
    label.append(short(name, narrow ? Math.floor(wide / 7.5) : 26), draw("title", {}, name));
    back.append(label);
  });

  const seen = meetings.filter((m) => m.to > view.from && m.from < view.to);
  const marks = lanes.flatMap((_, lane) =>
    gathered(seen.filter((m) => m.lane === lane), x, left, right).map((mark) => {
      const made = drawn(mark, lineOf(lane, step, narrow), change);
      made.dataset["lane"] = String(lane);
      made.dataset["x"] = String(mark.x);
      made.dataset["wide"] = String(mark.wide);
      for (const event of ["pointerenter", "focus"]) {
        made.addEventListener(event, () => say(made.getAttribute("aria-label") ?? ""));
      }
      return made;
    }),
  );
  // What covers much is drawn first, so that nothing lies under it.
  marks.sort((one, other) => Number(other.dataset["wide"]) - Number(one.dataset["wide"]));
  drawing.replaceChildren(back, ...marks);
  const again = marks.find((mark) => mark.dataset["id"] === focused) ?? (had ? marks[0] : undefined);
  rove(marks, again ?? marks.toSorted((a, b) => Number(a.dataset["x"]) - Number(b.dataset["x"]))[0]);
  if (had) again?.focus({ preventScroll: true });
  return seen.length;
}

function lineOf(lane: number, step: number, narrow: boolean): number {
  return lane * step + (narrow ? 32 : step / 2);
}

function short(words: string, most: number): string {
  const letters = [...words];
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : words;
}

/** Neighbours of one lane that would touch are gathered. */
function gathered(meetings: Meeting[], x: (moment: number) => number, left: number, right: number): Mark[] {
  const marks: Mark[] = [];
  for (const meeting of meetings) {
    const from = Math.max(left, x(meeting.dot ? meeting.from + DAY / 2 : meeting.from));
    const to = meeting.dot ? from : Math.min(right, x(meeting.to));
    const mark = { x: meeting.dot ? from : (from + to) / 2, wide: Math.max(0, to - from), meetings: [meeting] };
    const before = marks.at(-1);
    if (before && mark.x - before.x < NEAR && Math.max(mark.wide, before.wide) < 3 * NEAR) {
      before.meetings.push(meeting);
      before.wide = 0;
    } else {
      marks.push(mark);
    }
  }
  return marks;
}

function drawn({ x, wide, meetings }: Mark, y: number, change: (to: Stretch) => void): SVGAElement {
  const first = meetings[0]!;
  const link = draw("a", { href: `/meetings/${encodeURIComponent(first.id)}`, "data-id": first.id, class: "point" });
  if (meetings.length > 1) {
    const span = extent(meetings);
    const name = `${meetings.length} meetings, ${day(span.from)} to ${day(span.to)}: zoom in`;
    link.setAttribute("aria-label", name);
    link.append(draw("circle", { cx: x, cy: y, r: Math.min(15, 7 + Math.sqrt(meetings.length)), class: "mark many" }));
    link.append(draw("text", { x, y: y + 4, "text-anchor": "middle", class: "count" }, String(meetings.length)));
    if (span.to - span.from > 8 * DAY) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        change(span);
      });
    } else {
      link.setAttribute("href", `/meetings?from=${day(first.from)}&to=${day(Math.max(...meetings.map((m) => m.to)) - 1)}`);
    }
    return link;
  }
  link.setAttribute("aria-label", first.name);
  const shape = { class: first.styled };
  if (first.dot || wide < 9) link.append(draw("circle", { cx: x, cy: y, r: 5, ...shape }));
  else {
    const high = wide > 60 ? 5 : 9;
    if (wide > 60 && !first.styled.endsWith("full")) shape.class += " vague";
    link.append(draw("rect", { x: x - wide / 2, y: y - high / 2, width: wide, height: high, rx: high / 2, ...shape }));
  }
  const reach = Math.max(24, wide);
  link.prepend(draw("rect", { x: x - reach / 2, y: y - 12, width: reach, height: 24, class: "reach" }));
  link.append(draw("title", {}, first.words));
  return link;
}

/** Arrows: along a lane, or to the nearest mark of the next one. */
function walk(drawing: SVGSVGElement, key: string): boolean {
  const marks = [...drawing.querySelectorAll<SVGElement>("a.point")];
  marks.sort((one, other) => Number(one.dataset["x"]) - Number(other.dataset["x"]));
  const now = marks.find((mark) => mark === document.activeElement);
  if (!now) return false;
  const place = (mark: SVGElement) => ({ lane: Number(mark.dataset["lane"]), x: Number(mark.dataset["x"]) });
  const { lane, x } = place(now);
  let to: SVGElement | undefined;
  if (key === "ArrowRight") to = marks.find((mark) => place(mark).lane === lane && place(mark).x > x);
  else if (key === "ArrowLeft") to = marks.findLast((mark) => place(mark).lane === lane && place(mark).x < x);
  else if (key === "ArrowDown" || key === "ArrowUp") {
    const below = marks.filter((mark) => (key === "ArrowDown" ? place(mark).lane > lane : place(mark).lane < lane));
    const lanes = below.map((mark) => place(mark).lane);
    const next = key === "ArrowDown" ? Math.min(...lanes) : Math.max(...lanes);
    const same = below.filter((mark) => place(mark).lane === next);
    to = same.sort((a, b) => Math.abs(place(a).x - x) - Math.abs(place(b).x - x))[0];
  } else return false;
  if (to) {
    rove(marks, to);
    to.focus();
  }
  return true;
}

function summary(shown: number, dated: number, undated: number, view: Stretch): string {
  const rest = undated > 0 ? `; ${undated} without a date` : "";
  return `${shown} of ${dated} meetings, ${day(view.from)} to ${day(view.to - 1)}${rest}`;
}
