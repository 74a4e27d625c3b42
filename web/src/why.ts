/** Click words and they say why something was read out of them: the server's own page of it, in an aside. */
import { all, around, make, show, typing } from "./dom.ts";
import { fault, GONE, piece } from "./fragment.ts";

/** Words under many rows are explained by so many of them at once. */
const MOST = 4;

const ASKED = "[data-rows], [data-why]";

let aside: HTMLDialogElement | undefined;
let asked: HTMLElement | undefined;

/** Words that can be tabbed to are buttons to a screen reader. */
export function nameWords(within: ParentNode): void {
  for (const words of all("[data-rows][tabindex]", within)) words.setAttribute("role", "button");
}

export function startWhy(): void {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = around(event, "a[href]");
    const words = link ? (link.matches(".card a[href^='/why/'], a[data-why]") ? link : null) : around(event, ASKED);
    if (!words || selecting()) return;
    event.preventDefault();
    void explain(words);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && aside?.open) return close();
    if (typing(event.target) || (event.key !== "Enter" && event.key !== " ")) return;
    if (event.target instanceof HTMLElement && event.target.matches("[data-rows]")) {
      event.preventDefault();
      void explain(event.target);
    }
  });
}

/** Who marks a passage to copy it asks nothing. */
function selecting(): boolean {
  return getSelection()?.isCollapsed === false;
}

async function explain(words: HTMLElement): Promise<void> {
  const asks = words.dataset["why"] ?? words.dataset["rows"] ?? words.closest<HTMLElement>("[data-lights]")?.dataset["lights"];
  const rows = (asks ?? "").split(/\s+/).filter(Boolean).slice(0, MOST);
  if (rows.length === 0) return;
  asked = words;
  aside ??= makeAside();
  const answers = aside.querySelector<HTMLElement>(".answers")!;
  answers.replaceChildren(make("p", { class: "note" }, "…"));
  if (!aside.open) aside.show();
  aside.focus();
  const found = await Promise.all(rows.map(answer));
  if (asked === words) answers.replaceChildren(...found);
}

async function answer(row: string): Promise<HTMLElement> {
  const section = make("section", { class: "answer" });
  if (!row.includes(".")) {
    section.append(make("p", {}, silence(row)));
    return section;
  }
  try {
    const got = await fetch(`/why/${encodeURIComponent(row)}`, { headers: { Accept: "text/html" } });
    if (got.ok) section.append((await piece(got)).content);
    else section.append(make("p", { class: "error" }, await fault(got)));
    for (const named of all("[id]", section)) named.removeAttribute("id");
  } catch {
    section.append(make("p", { class: "error" }, GONE));
  }
  return section;
}

/** A sentence that gave no row is told with its reason on the page itself. */
function silence(sentence: string): string {
  const reason = document.querySelector(`[data-lights~="${CSS.escape(sentence)}"] .why`)?.textContent;
  return `This sentence gave no row${reason ? `: ${reason}` : "."}`;
}

function close(): void {
  aside?.close();
  if (asked?.isConnected) {
    asked.focus({ preventScroll: true });
    show(asked);
  }
}

function makeAside(): HTMLDialogElement {
  const button = make("button", { type: "button", class: "quiet close", "aria-label": "Close" }, "×");
  button.addEventListener("click", close);
  const head = make("div", { class: "head" }, make("h2", { id: "why-title" }, "Why"), button);
  const dialog = make("dialog", { class: "why", "aria-labelledby": "why-title", tabindex: -1 });
  dialog.append(head, make("div", { class: "answers", "aria-live": "polite" }));
  document.body.append(dialog);
  return dialog;
}
