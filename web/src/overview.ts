/** The strip under the timeline: how many meetings there were all along, and the window that is in view. */
import type { Stretch } from "./dates.ts";
import { day, DAY } from "./dates.ts";
import { draw, set } from "./dom.ts";
import type { Frame } from "./frame.ts";

export interface Overview {
  paint(): void;
  /** Sets the window, telling nobody. */
  place(view: Stretch): void;
}

const HIGH = 46;
const SIDE = 10;

export function overview(
  { drawing, width }: Frame,
  meetings: Stretch[],
  full: Stretch,
  change: (to: Stretch) => void,
): Overview {
  const strip = draw("svg", { class: "overview", height: HIGH, role: "group", "aria-label": "Stretch of time in view" });
  const bars = draw("g", { "aria-hidden": "true" });
  const shade = draw("path", { class: "shade" });
  const body = draw("rect", { class: "window", y: 1, height: HIGH - 2 });
  const ends = [handle("From"), handle("To")] as const;
  strip.append(bars, shade, body, ...ends);
  drawing.after(strip);
  let view = full;
  const x = (moment: number) => SIDE + ((moment - full.from) / (full.to - full.from)) * (width() - 2 * SIDE);
  const moment = (at: number) => full.from + ((at - SIDE) / (width() - 2 * SIDE)) * (full.to - full.from);

  const place = (to: Stretch) => {
    view = to;
    const [from, until] = [x(to.from), x(to.to)];
    set(body, { x: from, width: Math.max(2, until - from) });
    shade.setAttribute("d", `M0 0H${from}V${HIGH}H0ZM${until} 0H${width()}V${HIGH}H${until}Z`);
    ends.forEach((end, at) => {
      const when = at === 0 ? to.from : to.to;
      end.setAttribute("transform", `translate(${at === 0 ? from : until} 0)`);
      set(end, { "aria-valuenow": Math.round(when / DAY), "aria-valuetext": day(when) });
    });
  };
  ends.forEach((end, at) => {
    set(end, { "aria-valuemin": Math.round(full.from / DAY), "aria-valuemax": Math.round(full.to / DAY) });
    const to = (when: number) => {
      const least = 7 * DAY;
      if (at === 0) change({ from: Math.min(when, view.to - least), to: view.to });
      else change({ from: view.from, to: Math.max(when, view.from + least) });
    };
    end.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12 }[event.key];
      if (!steps) return;
      event.preventDefault();
      event.stopPropagation();
      to((at === 0 ? view.from : view.to) + steps * Math.max(DAY, (full.to - full.from) / 100));
    });
    drag(end, strip, (at) => to(moment(at)));
  });
  drag(body, strip, (at, by) => {
    const moved = moment(at) - moment(at - by);
    change({ from: view.from + moved, to: view.to + moved });
  });
  strip.addEventListener("click", (event) => {
    if (event.target !== strip && event.target !== shade) return;
    const middle = moment(event.clientX - strip.getBoundingClientRect().left);
    const half = (view.to - view.from) / 2;
    change({ from: middle - half, to: middle + half });
  });
  return {
    place,
    paint: () => {
      strip.setAttribute("viewBox", `0 0 ${width()} ${HIGH}`);
      bars.replaceChildren(histogram(meetings, full, width()));
      place(view);
    },
  };
}

function handle(name: string): SVGGElement {
  const grip = draw("rect", { x: -4, y: 9, width: 8, height: HIGH - 18, rx: 3, class: "grip" });
  const reach = draw("rect", { x: -12, y: 0, width: 24, height: HIGH, class: "reach" });
  return draw("g", { class: "handle", role: "slider", tabindex: 0, "aria-label": name }, reach, grip);
}

function histogram(meetings: Stretch[], full: Stretch, wide: number): SVGPathElement {
  const bins = Math.max(20, Math.floor((wide - 2 * SIDE) / 5));
  const counts = new Array<number>(bins).fill(0);
  for (const { from, to } of meetings) {
    const at = Math.floor((((from + to) / 2 - full.from) / (full.to - full.from)) * bins);
    counts[Math.min(bins - 1, Math.max(0, at))]! += 1;
  }
  const most = Math.max(...counts, 1);
  const step = (wide - 2 * SIDE) / bins;
  const bar = (count: number, at: number) => {
    const high = count === 0 ? 0 : Math.max(2, (count / most) * (HIGH - 10));
    return `M${(SIDE + at * step).toFixed(1)} ${HIGH - 2}v${(-high).toFixed(1)}h${(step - 1).toFixed(1)}v${high.toFixed(1)}Z`;
  };
  return draw("path", { class: "bars", d: counts.map((count, at) => (count ? bar(count, at) : "")).join("") });
}

/** Follows a pointer that holds an element; told where it is on the strip, and by how much it moved. */
function drag(held: SVGElement, strip: SVGSVGElement, moved: (at: number, by: number) => void): void {
  held.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    held.setPointerCapture(event.pointerId);
    if (held instanceof SVGGElement) held.focus({ preventScroll: true });
  });
  held.addEventListener("pointermove", (event) => {
    if (!held.hasPointerCapture(event.pointerId)) return;
    moved(event.clientX - strip.getBoundingClientRect().left, event.movementX);
  });
}
