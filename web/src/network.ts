/** Who met whom: persons or states as points, a line for each pair that met, and a slider through the months. */
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { monthCount, monthName } from "./dates.ts";
import { draw, make, set } from "./dom.ts";
import { fillLegend, frame, redraw, rove, saveButtons } from "./frame.ts";
import { type Box, placed } from "./labels.ts";
import { player, type Window } from "./months.ts";
import { twin, type Twin } from "./rows.ts";
import { steer } from "./sight.ts";

interface Node {
  id: string;
  label: string;
  country: string | null;
  kind: string | null;
}

interface Row {
  source: string;
  target: string;
  meetings: number;
  months?: string[];
  first?: string | null;
}

interface Network extends Twin<Row> {
  nodes: Node[];
}

interface Point extends Node {
  index: number;
  /** Meetings in all. */
  weight: number;
  x: number;
  y: number;
  styled: string;
}

interface Tie {
  source: Point;
  target: Point;
  meetings: number;
  /** Counted from the year 0. */
  months: number[];
}

/** So many points can be told apart; the rest is in the table and in the GEXF. */
const MOST = 160;
const WIDE = 1000;
const HIGH = 600;

export async function network(figure: HTMLElement, source: string): Promise<void> {
  const { points, ties, left } = arranged(await twin<Network>(source));
  const within = frame(
    figure,
    "Network of meetings",
    "Arrows go from point to point, plus and minus zoom, Shift with an arrow moves, 0 shows all.",
  );
  if (ties.length === 0) {
    figure.replaceChildren(make("p", { class: "empty" }, "Nobody here has met anybody."));
    return;
  }
  const { drawing, tools, say } = within;
  const months = ties.flatMap((tie) => tie.months);
  const whole: Window = { from: Math.min(...months), to: Math.max(...months) };
  let window = whole;
  let chosen: Point | undefined;
  const sight = { k: 1, x: 0, y: 0 };
  const rest = left > 0 ? ` The ${points.length} most met of ${points.length + left} are drawn.` : "";

  const lines = draw("g", { class: "ties", "aria-hidden": "true" });
  const dots = draw("g");
  const names = draw("g", { class: "labels", "aria-hidden": "true" });
  drawing.replaceChildren(lines, dots, names);
  const tieMarks = ties.map((tie) => [tie, draw("path", { class: "tie" })] as const);
  lines.append(...tieMarks.map(([, mark]) => mark));
  const pointMarks = points.map((point) => [point, pointMark(point, figure.dataset["link"])] as const);
  dots.append(...pointMarks.map(([, mark]) => mark));
  for (const [point, mark] of pointMarks) {
    mark.addEventListener("pointerenter", () => choose(point));
    mark.addEventListener("focus", () => choose(point));
    mark.addEventListener("pointerleave", () => document.activeElement !== mark && choose(undefined));
    mark.addEventListener("blur", () => choose(undefined));
  }
  rove(pointMarks.map(([, mark]) => mark), undefined);

  const paint = () => {
    const wide = within.width();
    const high = Math.max(420, Math.min(HIGH, wide * 0.72));
    set(drawing, { viewBox: `0 0 ${wide} ${high}`, height: high });
    const at = (point: Point) => ({
      x: wide / 2 + ((point.x * wide) / WIDE + sight.x) * sight.k,
      y: high / 2 + ((point.y * high) / HIGH + sight.y) * sight.k,
    });
    const counts = new Map<Point, number>();
    const near = new Set<Point>(chosen ? [chosen] : []);
    for (const [tie, mark] of tieMarks) {
      const count = tie.months.filter((month) => month >= window.from && month <= window.to).length;
      const [one, other] = [at(tie.source), at(tie.target)];
      const touches = chosen === tie.source || chosen === tie.target;
      if (count > 0) {
        for (const end of [tie.source, tie.target]) counts.set(end, (counts.get(end) ?? 0) + count);
        if (touches) near.add(tie.source).add(tie.target);
      }
      set(mark, {
        d: `M${one.x.toFixed(1)} ${one.y.toFixed(1)}L${other.x.toFixed(1)} ${other.y.toFixed(1)}`,
        "stroke-width": (0.8 + 1.5 * Math.sqrt(count)).toFixed(2),
        class: `tie${count === 0 ? " gone" : chosen && !touches ? " far" : touches ? " lit" : ""}`,
      });
    }
    const boxes: Box[] = [];
    for (const [point, mark] of pointMarks) {
      const count = counts.get(point) ?? 0;
      const { x, y } = at(point);
      const radius = count === 0 ? 2.5 : 3.5 + 1.7 * Math.sqrt(count);
      mark.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      mark.querySelector(".mark")?.setAttribute("r", radius.toFixed(1));
      mark.classList.toggle("far", chosen !== undefined && !near.has(point));
      mark.classList.toggle("gone", count === 0);
      mark.setAttribute("aria-label", `${point.label}${point.country ? `, ${point.country}` : ""}: ${met(count)}`);
      const rank = near.has(point) ? 1e6 + count : chosen ? -1 : count;
      boxes.push({ x, y, radius, words: point.label, rank: count === 0 && !near.has(point) ? -1 : rank });
    }
    names.replaceChildren(...placed(boxes, wide, high));
    say(chosen ? told(chosen, ties, window) : `${summary(counts.size, tieMarks.length, window)}${rest}`);
  };
  const choose = (point: Point | undefined) => {
    chosen = point;
    paint();
  };
  const zoom = (factor: number, x = within.width() / 2, y = HIGH / 2) => {
    const k = Math.min(8, Math.max(0.6, sight.k * factor));
    const [wide, high] = [within.width(), Number(drawing.getAttribute("height"))];
    sight.x += (x - wide / 2) * (1 / k - 1 / sight.k);
    sight.y += (y - high / 2) * (1 / k - 1 / sight.k);
    sight.k = k;
    paint();
  };
  const move = (dx: number, dy: number) => {
    sight.x += dx / sight.k;
    sight.y += dy / sight.k;
    paint();
  };
  const all = () => {
    Object.assign(sight, { k: 1, x: 0, y: 0 });
    paint();
  };
  steer(within, ["All", "Show all"], pointMarks, { move, zoom, whole: all });
  player(tools, whole, (to) => {
    window = to;
    paint();
  });
  saveButtons(within, "network");
  fillLegend(within.legend, legend(points));
  redraw(within, paint);
}

/** The points with their places: what met more lies nearer. The layout is reckoned at once and is the same every time. */
function arranged({ nodes, rows }: Network): { points: Point[]; ties: Tie[]; left: number } {
  const weights = new Map<string, number>();
  for (const { source, target, meetings } of rows) {
    for (const end of [source, target]) weights.set(end, (weights.get(end) ?? 0) + meetings);
  }
  const met = nodes.filter((node) => weights.has(node.id));
  met.sort((a, b) => (weights.get(b.id) ?? 0) - (weights.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1));
  const hues = hueOf(met);
  const points: Point[] = met.slice(0, MOST).map((node, index) => {
    const turn = index * 2.39996;
    const away = 30 * Math.sqrt(index + 1);
    const place = { x: away * Math.cos(turn), y: away * Math.sin(turn) };
    return { ...node, ...place, index, weight: weights.get(node.id) ?? 0, styled: `mark ${hues(node)}` };
  });
  const known = new Map(points.map((point) => [point.id, point]));
  const ties = rows.flatMap((row): Tie[] => {
    const [source, target] = [known.get(row.source), known.get(row.target)];
    if (!source || !target || source === target) return [];
    const first = monthCount(row.first?.slice(0, 7) || "0-01");
    const months = row.months?.length ? row.months.map(monthCount) : new Array<number>(row.meetings).fill(first);
    return [{ source, target, meetings: row.meetings, months }];
  });
  lay(points, ties);
  return { points, ties, left: met.length - points.length };
}

function lay(points: Point[], ties: Tie[]): void {
  const link = forceLink<Point, Tie>(ties)
    .distance((tie) => 70 + 90 / Math.sqrt(tie.meetings))
    .strength((tie) => Math.min(0.9, 0.15 + 0.12 * Math.sqrt(tie.meetings)));
  forceSimulation(points)
    .force("link", link)
    .force("apart", forceManyBody<Point>().strength(-420).distanceMax(520))
    .force("room", forceCollide<Point>((point) => 16 + 2 * Math.sqrt(point.weight)))
    .force("middle", forceCenter(0, 0))
    .force("x", forceX<Point>(0).strength(0.05))
    .force("y", forceY<Point>(0).strength(0.09))
    .stop()
    .tick(300);
  const far = (of: (point: Point) => number) => Math.max(1, ...points.map((point) => Math.abs(of(point))));
  const [x, y] = [(WIDE / 2 - 90) / far((point) => point.x), (HIGH / 2 - 30) / far((point) => point.y)];
  for (const point of points) {
    point.x *= x;
    point.y *= y;
  }
}

/** The states with the most points have hues of their own. */
function hueOf(nodes: Node[]): (node: Node) => string {
  const counts = new Map<string, number>();
  for (const { country } of nodes) if (country) counts.set(country, (counts.get(country) ?? 0) + 1);
  const first = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 9);
  const hues = new Map(first.filter(([, count]) => count > 1).map(([country], at) => [country, `own hue-${at}`]));
  return (node) => hues.get(node.country ?? "") ?? "other";
}

function legend(points: Point[]): Parameters<typeof fillLegend>[1] {
  const hues = new Map<string, string>();
  for (const { styled, country } of points) if (styled.includes("own") && country) hues.set(country, styled);
  const keys = [...hues].map(([country, styled]): ["dot", string, string] => ["dot", styled, country]);
  if (keys.length > 0 && points.some((point) => point.styled.endsWith("other"))) keys.push(["dot", "mark other", "others"]);
  return [...keys, ["line", "tie lit", "met; thicker: more often"]];
}

/** A link where the page says where points lead to, as in `data-link="/persons/{id}"`. */
function pointMark(point: Point, link: string | undefined): SVGElement {
  const attributes = { class: "node", tabindex: -1, "data-id": point.id };
  const mark = draw("circle", { class: point.styled });
  const reach = draw("circle", { r: 13, class: "reach" });
  if (!link) return draw("g", { ...attributes, role: "img" }, mark, reach);
  return draw("a", { ...attributes, href: link.replace("{id}", encodeURIComponent(point.id)) }, mark, reach);
}

function met(count: number): string {
  return count === 1 ? "1 meeting" : `${count} meetings`;
}

function told(point: Point, ties: Tie[], { from, to }: Window): string {
  const others = ties.flatMap((tie): [string, number][] => {
    const other = tie.source === point ? tie.target : tie.target === point ? tie.source : undefined;
    const count = tie.months.filter((month) => month >= from && month <= to).length;
    return other && count > 0 ? [[other.label, count]] : [];
  });
  others.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const most = others.slice(0, 6).map(([label, count]) => (count > 1 ? `${label} ${count}` : label));
  const more = others.length > most.length ? `, and ${others.length - most.length} more` : "";
  const all = others.reduce((sum, [, count]) => sum + count, 0);
  return `${point.label}${point.country ? `, ${point.country}` : ""}: ${met(all)}${most.length ? ` with ${most.join(", ")}${more}` : ""}`;
}

function summary(shown: number, ties: number, { from, to }: Window): string {
  return `${shown} who met, among ${ties} pairs, ${monthName(from)} to ${monthName(to)}.`;
}
