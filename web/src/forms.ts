/**
 * Corrections without leaving the page: `<form data-correct>` is posted, and what comes back takes the place of what has
 * the same id here. Without script it is a plain form, whose answer is the page anew.
 */
import { addMenus } from "./citation.ts";
import { announce } from "./announce.ts";
import { make } from "./dom.ts";
import { fault, fragment } from "./fragment.ts";

export function startForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-correct]")) return;
    event.preventDefault();
    void post(form, event.submitter);
  });
}

async function post(form: HTMLFormElement, by: HTMLElement | null): Promise<void> {
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  complain(form, "");
  try {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, by)) if (typeof value === "string") body.append(name, value);
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    if (!answer.ok) return complain(form, await fault(answer));
    replace(form, await fragment(answer));
    announce(form.dataset["done"] ?? "Saved");
  } catch {
    complain(form, "the server does not answer; nothing was saved");
  } finally {
    form.removeAttribute("aria-busy");
  }
}

/** Puts the new pieces where the old ones were; the focus stays on the card. */
function replace(form: HTMLFormElement, answer: DocumentFragment): void {
  const card = form.closest<HTMLElement>("[id]")?.id ?? "";
  const fresh = [...answer.querySelectorAll<HTMLElement>("[id]")].filter(
    (piece) => !piece.parentElement?.closest("[id]") && document.getElementById(piece.id),
  );
  if (fresh.length === 0) return location.reload();
  for (const piece of fresh) {
    document.getElementById(piece.id)?.replaceWith(piece);
    addMenus(piece);
  }
  const next = document.getElementById(card);
  if (next && !next.hasAttribute("tabindex")) next.tabIndex = -1;
  next?.focus({ preventScroll: true });
}

function complain(form: HTMLFormElement, words: string): void {
  let line = form.querySelector<HTMLElement>(".error");
  if (!line) {
    line = make("p", { class: "error", role: "alert" });
    form.append(line);
  }
  line.textContent = words;
  line.hidden = words === "";
}
