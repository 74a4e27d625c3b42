/** Which words a card was read from: those of the text light up when the card is pointed at or in focus, and the other way round. */
import { around, show } from "./dom.ts";

let lit: Element[] = [];

export function startLights(): void {
  for (const event of ["pointerover", "focusin"] as const) {
    document.addEventListener(event, (moved) => {
      const card = around(moved, "[data-lights]");
      if (card) return light("data-rows", card.dataset["lights"] ?? "", true);
      const words = around(moved, "[data-rows]");
      if (words) return light("data-lights", words.dataset["rows"] ?? "", event === "focusin", words);
      if (event === "pointerover") after();
    });
  }
  document.addEventListener("focusout", () => after());
}

/** Lights all elements whose attribute holds one of the ids. */
function light(attribute: string, ids: string, scroll: boolean, also?: Element): void {
  dim();
  for (const id of ids.split(/\s+/).filter(Boolean)) {
    lit.push(...document.querySelectorAll(`[${attribute}~="${CSS.escape(id)}"]`));
  }
  if (also) lit.push(also);
  for (const element of lit) element.classList.add("lit");
  if (scroll && lit[0] && lit.every(outOfSight)) show(lit[0]);
}

function outOfSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom < 0 || top > innerHeight;
}

function dim(): void {
  for (const element of lit) element.classList.remove("lit");
  lit = [];
}

/** Once the pointer is elsewhere, what the focus lights comes back. */
function after(): void {
  dim();
  const card = document.activeElement?.closest<HTMLElement>("[data-lights]");
  if (card) light("data-rows", card.dataset["lights"] ?? "", false);
}
