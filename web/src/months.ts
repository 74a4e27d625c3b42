/** A slider through the months with a button that plays them, and how much of the past is shown at each. */
import { monthName } from "./dates.ts";
import { make, still } from "./dom.ts";
import { button } from "./frame.ts";

/** Months, both included, counted from the year 0. */
export interface Window {
  from: number;
  to: number;
}

const SPANS: [words: string, months: number][] = [
  ["all until then", Infinity],
  ["the 12 months", 12],
  ["the 3 months", 3],
  ["the month", 1],
];

export function player(tools: HTMLElement, whole: Window, show: (window: Window) => void): void {
  if (whole.to === whole.from) return;
  const slider = make("input", { type: "range", min: whole.from, max: whole.to, value: whole.to, "aria-label": "Month" });
  const said = make("output", {}, monthName(whole.to));
  const span = make("select", { "aria-label": "How much is shown" });
  for (const [words, months] of SPANS) span.append(make("option", { value: months }, words));
  let timer = 0;

  const tell = () => {
    const to = Number(slider.value);
    said.textContent = monthName(to);
    slider.setAttribute("aria-valuetext", monthName(to));
    show({ from: Math.max(whole.from, to - Number(span.value) + 1), to });
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
    play.setAttribute("aria-pressed", "false");
  };
  const step = () => {
    slider.value = String(Number(slider.value) + 1);
    tell();
    if (Number(slider.value) >= whole.to) stop();
  };
  const play = button(tools, "Play", "Play", () => {
    if (timer) return stop();
    if (Number(slider.value) >= whole.to) slider.value = String(whole.from);
    tell();
    play.textContent = "Pause";
    play.setAttribute("aria-pressed", "true");
    timer = setInterval(step, still() ? 1500 : 450);
  });
  play.removeAttribute("title");
  slider.addEventListener("input", () => {
    stop();
    tell();
  });
  span.addEventListener("change", tell);
  tools.append(make("label", {}, slider, said), span);
}
