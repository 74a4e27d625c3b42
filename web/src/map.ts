/** Meetings by place: a circle for each, as large as its meetings are many, on the outlines of the world. */
import { geoEqualEarth, geoPath } from "d3-geo";
import outlines from "outlines";
import { feature } from "topojson-client";
import { draw, set } from "./dom.ts";
import { button, fillLegend, frame, redraw, rove, saveButtons, startFigures } from "./frame.ts";
import { type Box, placed } from "./labels.ts";
import { twin, type Twin } from "./rows.ts";
import { steer } from "./sight.ts";

interface Row {
  place: string;
  country: string | null;
  latitude: number | null;
  longitude: number | null;
  meetings: number;
  first: string | null;
  last: string | null;
  ids?: string[];
}

type Place = Row & { x: number; y: number; radius: number };

/** The map is drawn once at this size, Antarctica cut off, and scaled. */
const WIDE = 1000;
const HIGH = 425;
const DEEPEST = 24;
const NARROW = 640;

async function map(figure: HTMLElement, source: string): Promise<void> {
  const { rows } = await twin<Twin<Row>>(source);
  const projection = geoEqualEarth().fitWidth(WIDE, { type: "Sphere" });
  const places = located(rows, projection);
  const within = frame(
    figure,
    "Map of meetings",
    "Arrows go from place to place, Enter opens, plus and minus zoom, Shift with an arrow moves, 0 shows the world.",
  );
  const { drawing, tools, say } = within;
  const unplaced = rows.length - places.length;
  const rest = unplaced > 0 ? ` ${unplaced} places are not known to the map; the table has them.` : "";
  const whole = `${places.reduce((sum, place) => sum + place.meetings, 0)} meetings in ${places.length} places.${rest}`;
  const sight = { k: 1, x: 0, y: 0 };

  const path = geoPath(projection);
  const ground = draw("g", { "aria-hidden": "true" });
  ground.append(draw("path", { class: "sea", d: path({ type: "Sphere" }) ?? "" }));
  ground.append(draw("path", { class: "land", d: path(feature(outlines.land, outlines.land.objects.land)) ?? "" }));
  ground.append(draw("path", { class: "border", d: path(outlines.borders) ?? "" }));
  const dots = draw("g");
  const names = draw("g", { class: "labels", "aria-hidden": "true" });
  drawing.replaceChildren(ground, dots, names);
  const marks = places.map((place) => [place, placeMark(place)] as const);
  dots.append(...marks.map(([, mark]) => mark));
  let chosen: Place | undefined;
  const choose = (place: Place | undefined) => {
    chosen = place;
    say(place ? described(place) : whole);
    label();
  };
  for (const [place, mark] of marks) {
    for (const event of ["pointerenter", "focus"]) mark.addEventListener(event, () => choose(place));
    mark.addEventListener("pointerleave", () => document.activeElement !== mark && choose(undefined));
    mark.addEventListener("blur", () => choose(undefined));
  }
  rove(marks.map(([, mark]) => mark), undefined);

  const size = () => {
    const wide = within.width();
    return { wide, high: Math.max(240, Math.round((wide * HIGH) / WIDE)) };
  };
  const scale = () => {
    const { wide, high } = size();
    return { fit: Math.max(wide / WIDE, high / HIGH) * sight.k, wide, high };
  };
  const at = (x: number, y: number) => {
    const { fit, wide, high } = scale();
    return { x: wide / 2 + (x - WIDE / 2 - sight.x) * fit, y: high / 2 + (y - HIGH / 2 - sight.y) * fit };
  };
  const label = () => {
    const { wide, high } = size();
    const boxes: Box[] = marks.map(([place]) => {
      const rank = place === chosen ? 1e9 : place.meetings;
      return { ...at(place.x, place.y), radius: place.radius, words: place.place, rank };
    });
    names.replaceChildren(...placed(boxes, wide, high));
  };
  const paint = () => {
    const { fit, wide, high } = scale();
    const [farX, farY] = [Math.max(0, (WIDE - wide / fit) / 2), Math.max(0, (HIGH - high / fit) / 2)];
    sight.x = Math.min(farX, Math.max(-farX, sight.x));
    sight.y = Math.min(farY, Math.max(-farY, sight.y));
    set(drawing, { viewBox: `0 0 ${wide} ${high}`, height: high });
    const corner = at(0, 0);
    ground.setAttribute("transform", `translate(${corner.x.toFixed(2)} ${corner.y.toFixed(2)}) scale(${fit.toFixed(4)})`);
    for (const [place, mark] of marks) {
      const { x, y } = at(place.x, place.y);
      mark.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    }
    label();
  };
  const zoom = (factor: number, x = size().wide / 2, y = size().high / 2) => {
    const { fit, wide, high } = scale();
    const k = Math.min(DEEPEST, Math.max(least(), sight.k * factor));
    const to = (fit / sight.k) * k;
    sight.x += (x - wide / 2) * (1 / fit - 1 / to);
    sight.y += (y - high / 2) * (1 / fit - 1 / to);
    sight.k = k;
    paint();
  };
  const move = (dx: number, dy: number) => {
    const { fit } = scale();
    sight.x -= dx / fit;
    sight.y -= dy / fit;
    paint();
  };
  const world = () => {
    Object.assign(sight, { k: least(), x: 0, y: 0 });
    paint();
  };
  /** At which all of the world is in sight. */
  const least = () => {
    const { wide, high } = size();
    return Math.min(wide / WIDE, high / HIGH) / Math.max(wide / WIDE, high / HIGH);
  };
  /** The part of the world where they met. */
  const home = () => {
    const [xs, ys] = [places.map((place) => place.x), places.map((place) => place.y)];
    const { wide, high } = size();
    const fit = Math.max(wide / WIDE, high / HIGH);
    const [acrossX, acrossY] = [Math.max(...xs) - Math.min(...xs) + 30, Math.max(...ys) - Math.min(...ys) + 30];
    sight.k = Math.min(6, Math.max(least(), Math.min((wide * 0.78) / (acrossX * fit), (high * 0.86) / (acrossY * fit))));
    sight.x = (Math.max(...xs) + Math.min(...xs) - WIDE) / 2;
    sight.y = (Math.max(...ys) + Math.min(...ys) - HIGH) / 2;
    paint();
  };
  steer(within, ["World", "Show the world"], marks, { move, zoom, whole: world });
  if (places.length > 0) button(tools, "Where they met", "Show where they met", home);
  saveButtons(within, "map");
  fillLegend(within.legend, [["dot", "mark place", "a place; larger: more meetings"]]);
  let first = true;
  redraw(within, () => {
    if (first && size().wide < NARROW && places.length > 0) home();
    first = false;
    paint();
  });
  choose(undefined);
}

/** The greatest first, so that lesser ones lie on top of them. */
function located(rows: Row[], projection: (at: [number, number]) => [number, number] | null): Place[] {
  const most = Math.max(1, ...rows.map((row) => row.meetings));
  return rows
    .flatMap((row): Place[] => {
      const at = row.longitude == null || row.latitude == null ? null : projection([row.longitude, row.latitude]);
      return at ? [{ ...row, x: at[0], y: at[1], radius: 4 + 16 * Math.sqrt(row.meetings / most) }] : [];
    })
    .sort((a, b) => b.meetings - a.meetings || (a.place < b.place ? -1 : 1));
}

function placeMark(place: Place): SVGAElement {
  const query = new URLSearchParams({ place: place.place });
  return draw(
    "a",
    { href: `/meetings?${query}`, class: "point", tabindex: -1, "aria-label": described(place) },
    draw("circle", { r: place.radius.toFixed(1), class: "mark place" }),
    draw("circle", { r: Math.max(12, place.radius).toFixed(1), class: "reach" }),
  );
}

function described({ place, country, meetings, first, last, ids }: Row): string {
  const when = first === last ? (first ?? "") : [first, last].filter(Boolean).join(" to ");
  const where = country && country !== place ? `${place}, ${country}` : place;
  const which = ids && ids.length > 0 && ids.length <= 6 ? ` (${ids.join(", ")})` : "";
  return `${where}: ${meetings === 1 ? "1 meeting" : `${meetings} meetings`}${when ? `, ${when}` : ""}${which}`;
}

startFigures("map", map);
