/**
 * Copying citations. A card carries them: `data-citation` the footnote, `data-bibtex` the entry, `data-link` the link to the
 * words; its button `data-copy` copies the footnote, and a menu beside the button has the others.
 */
import { all, around, make } from "./dom.ts";
import { announce } from "./announce.ts";

const FORMS = [
  ["citation", "Footnote"],
  ["bibtex", "BibTeX"],
  ["link", "Link to the words"],
] as const;

export function startCitation(): void {
  document.addEventListener("click", (event) => {
    const button = around(event, "[data-copy], [data-copy-as]");
    if (!button) return close(event);
    event.preventDefault();
    const form = FORMS.find(([name]) => name === (button.dataset["copyAs"] ?? "citation")) ?? FORMS[0];
    const text = carrier(button, form[0])?.dataset[form[0]];
    if (text) void copy(text, form[1]);
    button.closest("details")?.removeAttribute("open");
  });
}

/** The menus of all buttons that copy. */
export function addMenus(within: ParentNode): void {
  all("[data-copy]", within).forEach(addMenu);
}

function addMenu(button: HTMLElement): void {
  const offered = FORMS.filter(([name]) => carrier(button, name));
  if (offered.length < 2 || button.nextElementSibling?.matches(".copies")) return;
  const list = make("div", { class: "menu" });
  for (const [name, title] of offered) {
    list.append(make("button", { type: "button", "data-copy-as": name }, title));
  }
  button.after(make("details", { class: "copies" }, make("summary", { "aria-label": "Other citations" }, "▾"), list));
}

/** The button itself, that which its menu belongs to, or the card around it. */
function carrier(button: HTMLElement, form: string): HTMLElement | null {
  const beside = button.closest(".copies")?.previousElementSibling;
  return (beside ?? button).closest<HTMLElement>(`[data-${form}]`);
}

function close(event: Event): void {
  for (const menu of all<HTMLDetailsElement>("details.copies[open]")) {
    if (!(event.target instanceof Node && menu.contains(event.target))) menu.open = false;
  }
}

async function copy(text: string, form: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyOldStyle(text)) return announce("The browser does not allow copying");
  }
  announce(`${form} copied`);
}

/** For pages that are not served from this machine: there browsers keep the clipboard to secure connections. */
function copyOldStyle(text: string): boolean {
  const focused = document.activeElement;
  const field = make("textarea", { class: "sr", "aria-hidden": "true" });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
