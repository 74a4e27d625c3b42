/** What was unfolded stays unfolded: `<details data-remember="filters">`. */
import { all, memory } from "./dom.ts";

export function remember(within: ParentNode): void {
  for (const details of all<HTMLDetailsElement>("details[data-remember]", within)) {
    const name = `open.${details.dataset["remember"]}`;
    const before = memory.get(name);
    if (before !== null) details.open = before === "yes";
    // Its event "toggle" comes late: whoever leaves the page at once would not be remembered.
    new MutationObserver(() => memory.set(name, details.open ? "yes" : "no")).observe(details, { attributeFilter: ["open"] });
  }
}
