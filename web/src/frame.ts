/** What all figures share: buttons above, a legend, a line that says what is drawn, and a plain word when it cannot be. */
import { all, draw, make, set } from "./dom.ts";
import { savePng, saveSvg } from "./save.ts";

export interface Frame {
  figure: HTMLElement;
  tools: HTMLElement;
  legend: HTMLElement;
  drawing: SVGSVGElement;
  /** What is pointed at, or else what the figure shows as a whole. */
  say(words: string): void;
  width(): number;
}

/** One entry of a legend: a shape with the class that styles it, and its words. */
export type Key = [shape: "dot" | "bar" | "line", styled: string, words: string];

export function frame(figure: HTMLElement, title: string, how: string): Frame {
  const id = figure.id || `figure-${all("figure[data-figure]").indexOf(figure)}`;
  const tools = make("div", { class: "tools", role: "toolbar", "aria-label": `${title}: view` });
  const legend = make("ul", { class: "legend", "aria-label": "Legend" });
  const said = make("p", { class: "said-line", id: `${id}-said` });
  const help = make("p", { class: "sr", id: `${id}-how` }, how);
  const drawing = draw("svg", { role: "group", "aria-label": title, "aria-describedby": help.id, class: "drawing" });
  const rest = [...figure.childNodes];
  const caption = rest.find((node) => node instanceof HTMLElement && node.localName === "figcaption");
  figure.replaceChildren(tools, legend, drawing, said, help, ...(caption ? [caption] : []));
  figure.classList.add("drawn");
  return {
    figure,
    tools,
    legend,
    drawing,
    say: (words) => {
      said.textContent = words;
    },
    width: () => Math.max(240, drawing.clientWidth),
  };
}

export function button(tools: HTMLElement, words: string, name: string, press: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", class: "quiet", "aria-label": name === words ? null : name }, words);
  made.title = name;
  made.addEventListener("click", press);
  tools.append(made);
  return made;
}

export function saveButtons({ tools, drawing }: Frame, name: string): void {
  const saves = make("span", { class: "saves" });
  button(saves, "SVG", "Save as SVG", () => saveSvg(drawing, name));
  button(saves, "PNG", "Save as PNG", () => void savePng(drawing, name));
  tools.append(saves);
}

export function fillLegend(legend: HTMLElement, keys: Key[]): void {
  legend.replaceChildren(
    ...keys.map(([shape, styled, words]) => {
      const icon = draw("svg", { width: 18, height: 12, viewBox: "0 0 18 12", "aria-hidden": "true" });
      if (shape === "dot") icon.append(draw("circle", { cx: 9, cy: 6, r: 5, class: styled }));
      else if (shape === "bar") icon.append(draw("rect", { x: 1, y: 3, width: 16, height: 6, rx: 2, class: styled }));
      else icon.append(draw("path", { d: "M1 6H17", class: styled }));
      return make("li", {}, icon, words);
    }),
  );
}

/** Draws now, and anew when the width changes. */
export function redraw(frame: Frame, paint: () => void): void {
  let before = frame.width();
  paint();
  new ResizeObserver(() => {
    const now = frame.width();
    if (now === before) return;
    before = now;
    paint();
  }).observe(frame.figure);
}

/** Among many marks one can be tabbed to; arrows move on from it. */
export function rove(marks: SVGElement[], focused: SVGElement | undefined): void {
  for (const mark of marks) set(mark, { tabindex: mark === (focused ?? marks[0]) ? 0 : -1 });
}

/** Starts every figure of a kind, busy until it is drawn; what fails is said in its place, and the page's table still has the rows. */
export function startFigures(kind: string, start: (figure: HTMLElement, source: string) => Promise<void>): void {
  for (const figure of all(`figure[data-figure=${kind}][data-source]`)) {
    figure.setAttribute("aria-busy", "true");
    start(figure, figure.dataset["source"] ?? "")
      .catch((error: unknown) => {
        const words = error instanceof Error ? error.message : String(error);
        figure.append(make("p", { class: "error", role: "alert" }, `The figure cannot be drawn: ${words}`));
      })
      .finally(() => figure.removeAttribute("aria-busy"));
  }
}
