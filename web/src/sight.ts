/** Which part of a drawing is in sight: the buttons, gestures and keys by which it is moved, the same for the map and the network. */
import { button, type Frame, rove } from "./frame.ts";
import { type Gestures, listen } from "./gestures.ts";

type Step = readonly [number, number];
type Placed = { x: number; y: number };
type Marks<P> = readonly (readonly [P, SVGElement])[];

interface Sight extends Gestures {
  zoom(factor: number, x?: number, y?: number): void;
  /** Shows all. */
  whole(): void;
}

/** By which a press of a button or key zooms. */
const FACTOR = 1.6;
/** Pixels by which a key moves. */
const FAR = 60;

const STEPS: Record<string, Step> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Buttons to zoom and to show all (`name` says what that is), gestures, and keys; arrows go from mark to mark. */
export function steer<P extends Placed>({ drawing, tools }: Frame, [words, name]: [string, string], marks: Marks<P>, sight: Sight): void {
  button(tools, "−", "Zoom out", () => sight.zoom(1 / FACTOR));
  button(tools, "+", "Zoom in", () => sight.zoom(FACTOR));
  button(tools, words, name, () => sight.whole());
  listen(drawing, sight);
  drawing.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (event.shiftKey && step) sight.move(-step[0] * FAR, -step[1] * FAR);
    else if (event.key === "+" || event.key === "=") sight.zoom(FACTOR);
    else if (event.key === "-") sight.zoom(1 / FACTOR);
    else if (event.key === "0") sight.whole();
    else if (!step || !walk(marks, step)) return;
    event.preventDefault();
  });
}

/** The nearest mark in the direction of an arrow. */
function walk<P extends Placed>(marks: Marks<P>, [dx, dy]: Step): boolean {
  const now = marks.find(([, mark]) => mark === document.activeElement);
  if (!now) return false;
  const far = ([place]: readonly [P, SVGElement]) => {
    const [x, y] = [place.x - now[0].x, place.y - now[0].y];
    const along = x * dx + y * dy;
    return along <= 0 ? Infinity : along + 2.5 * Math.abs(x * dy - y * dx);
  };
  const [to] = marks.filter((mark) => far(mark) < Infinity).sort((a, b) => far(a) - far(b));
  if (to) {
    rove(marks.map(([, mark]) => mark), to[1]);
    to[1].focus();
  }
  return true;
}
