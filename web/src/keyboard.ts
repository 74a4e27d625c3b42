/** Everything by keyboard: `j` and `k` move among cards and rows, letters do what the one in focus offers. */
import { all, make, show, typing } from "./dom.ts";

/** What `j` and `k` move among. */
export const STOPS = ".cards .card, table.rows > tbody > tr, table.claims > tbody > tr, .entries > li, .entries > .card";

/** In the order in which the help lists them. */
const MEANING: [key: string, meaning: string][] = [
  ["w", "why"],
  ["a", "accept"],
  ["e", "edit"],
  ["x", "reject"],
  ["m", "merge"],
  ["s", "split"],
  ["u", "undo"],
  ["c", "copy the citation"],
];

let help: HTMLDialogElement | undefined;

export function startKeyboard(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (pressed(event.key)) event.preventDefault();
  });
}

/** The card or row that holds the focus. */
export function current(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(STOPS) ?? null;
}

function pressed(key: string): boolean {
  if (key === "?") return toggleHelp();
  if (help?.open) return false;
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
  if (key === "/") return focusSearch();
  if (key === "Enter") return open();
  return MEANING.some(([letter]) => letter === key) && act(key);
}

function move(by: 1 | -1): boolean {
  const stops = all(STOPS).filter((stop) => stop.getClientRects().length > 0);
  const now = stops.indexOf(current() as HTMLElement);
  const next = stops[now < 0 ? (by > 0 ? 0 : stops.length - 1) : now + by];
  if (!next) return false;
  if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  show(next);
  return true;
}

/** `Enter` on a card or row itself, not on a link or button within it. */
function open(): boolean {
  const stop = current();
  if (!stop || document.activeElement !== stop) return false;
  const link = stop.querySelector<HTMLElement>("a[data-open]") ?? stop.querySelector<HTMLElement>("a[href]:not([href^='#'])");
  link?.click();
  return link !== null;
}

/** Presses what the card in focus, or else the page, offers under a letter. */
function act(key: string): boolean {
  const stop = current();
  const offered = `[data-key="${key}"]:not([disabled])`;
  const button =
    stop?.querySelector<HTMLElement>(offered) ??
    all(offered).find((one) => !one.closest(STOPS)) ??
    (key === "c" ? (stop ?? document).querySelector<HTMLElement>("[data-copy]") : null);
  if (!button) return false;
  const folded = button.closest("details");
  if (folded && !button.matches("summary")) folded.open = true;
  button.click();
  if (button.matches("summary") && folded?.open) folded.querySelector<HTMLElement>("input, select, textarea")?.focus();
  return true;
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("form.search input");
  field?.focus();
  field?.select();
  return field !== null;
}

function toggleHelp(): boolean {
  help ??= makeHelp();
  if (help.open) help.close();
  else help.showModal();
  return true;
}

function makeHelp(): HTMLDialogElement {
  const keys = make("dl", { class: "keys" });
  const line = (key: string, meaning: string) =>
    keys.append(make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, meaning)));
  line("j", "next card or row");
  line("k", "the one before");
  line("Enter", "open it");
  line("/", "search");
  for (const [key, meaning] of MEANING) {
    if (key === "c" || document.querySelector(`[data-key="${key}"]`)) line(key, meaning);
  }
  line("Esc", "close what is open");
  line("?", "this list");
  const close = make("button", { type: "button", class: "quiet" }, "Close");
  const dialog = make("dialog", { class: "help", "aria-labelledby": "help-title" });
  dialog.append(make("h2", { id: "help-title" }, "Keys"), keys, close);
  close.addEventListener("click", () => dialog.close());
  document.body.append(dialog);
  return dialog;
}
