/** What was unfolded stays unfolded: `<details data-remember="filters">`. */
import { all, memory } from "./dom.ts";

export function startDetails(): void {
  for (const details of all<HTMLDetailsElement>("details[data-remember]")) {
    const name = `open.${details.dataset["remember"]}`;
    const before = memory.get(name);
    if (before !== null) details.open = before === "yes";
    details.addEventListener("toggle", () => memory.set(name, details.open ? "yes" : "no"));
  }
}
