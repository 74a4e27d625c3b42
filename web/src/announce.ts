/** One line that is seen for a moment and read out by a screen reader: "Footnote copied". */
import { make } from "./dom.ts";

let line: HTMLElement | undefined;
let timer = 0;

/** The live region has to be there before it speaks. */
export function startAnnouncing(): void {
  line = make("div", { class: "toast", role: "status", "aria-live": "polite" });
  document.body.append(line);
}

export function announce(words: string): void {
  if (!line) return;
  line.textContent = words;
  clearTimeout(timer);
  timer = setTimeout(() => line?.replaceChildren(), 4000);
}
