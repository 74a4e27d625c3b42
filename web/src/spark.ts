/** A phrase's history as small as a word: `<figure data-figure="spark" data-values="0 1 3" data-from="2021-01">`, a bar a month. */
import { all, draw } from "./dom.ts";

const HIGH = 22;

export function drawSparks(within: ParentNode): void {
  for (const figure of all("figure[data-figure=spark]", within)) {
    const values = (figure.dataset["values"] ?? "").split(/[\s,]+/).map(Number).filter((value) => value >= 0);
    if (values.length > 0) figure.prepend(spark(values, figure.dataset["from"] ?? ""));
  }
}

function spark(values: number[], from: string): SVGSVGElement {
  const most = Math.max(...values, 1);
  const step = Math.max(1, Math.min(6, Math.floor(180 / values.length)));
  const wide = values.length * step;
  const svg = draw("svg", { width: wide, height: HIGH, viewBox: `0 0 ${wide} ${HIGH}`, role: "img", class: "spark" });
  svg.setAttribute("aria-label", described(values, most, from));
  svg.append(draw("path", { class: "base", d: `M0 ${HIGH - 0.5}H${wide}` }));
  values.forEach((value, at) => {
    const high = value === 0 ? 0 : Math.max(2, (value / most) * (HIGH - 2));
    const bar = { x: at * step, y: HIGH - 1 - high, width: Math.max(1, step - 1), height: high };
    if (high > 0) svg.append(draw("rect", { ...bar, class: value === most ? "most" : "bar" }));
  });
  return svg;
}

function described(values: number[], most: number, from: string): string {
  const last = month(from, values.length - 1);
  return `${values.reduce((sum, value) => sum + value, 0)} uses from ${from} to ${last}, most in ${month(
    from,
    values.indexOf(most),
  )}: ${Math.max(...values)}`;
}

/** The month so many after `2021-11`. */
function month(from: string, later: number): string {
  const [year = 0, first = 1] = from.split("-").map(Number);
  const count = year * 12 + first - 1 + later;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
}
