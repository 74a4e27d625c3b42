/** Moving about in a drawing: wheel with Ctrl (or two fingers on a touchpad), drag, and two fingers on a touch screen. */

export interface Gestures {
  /** By so many pixels. */
  move(dx: number, dy: number): void;
  /** By a factor around a place of the drawing. */
  zoom(factor: number, x: number, y: number): void;
}

/** One finger scrolls the page, as ever; a plain wheel too. */
export function listen(drawing: SVGSVGElement, gestures: Gestures, sideways = false): void {
  const held = new Map<number, { x: number; y: number }>();
  let dragged = 0;

  drawing.addEventListener(
    "wheel",
    (event) => {
      const { left, top } = drawing.getBoundingClientRect();
      const across = event.shiftKey ? event.deltaY : event.deltaX;
      if (event.ctrlKey || event.metaKey) gestures.zoom(2 ** (-event.deltaY / 180), event.clientX - left, event.clientY - top);
      else if (sideways && Math.abs(across) > Math.abs(event.shiftKey ? 0 : event.deltaY)) gestures.move(-across, 0);
      else return;
      event.preventDefault();
    },
    { passive: false },
  );

  drawing.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (held.size === 0) dragged = 0;
    held.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });

  drawing.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const [dx, dy] = [now.x - before.x, now.y - before.y];
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    held.set(event.pointerId, now);
    if (other) {
      const { left, top } = drawing.getBoundingClientRect();
      const apart = (place: typeof now) => Math.max(1, Math.hypot(place.x - other.x, place.y - other.y));
      gestures.zoom(apart(now) / apart(before), (now.x + other.x) / 2 - left, (now.y + other.y) / 2 - top);
      gestures.move(dx / 2, dy / 2);
    } else if (event.pointerType === "mouse" || (sideways && Math.abs(dx) >= Math.abs(dy))) {
      gestures.move(dx, dy);
    }
    dragged += Math.abs(dx) + Math.abs(dy);
    if (dragged > 4 && !drawing.hasPointerCapture(event.pointerId)) drawing.setPointerCapture(event.pointerId);
  });

  for (const end of ["pointerup", "pointercancel"] as const) {
    drawing.addEventListener(end, (event) => held.delete(event.pointerId));
  }
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  drawing.addEventListener("click", (event) => dragged > 4 && event.preventDefault(), true);
}
