/**
 * Corrections without leaving the page: `<form data-correct>` is posted. A fragment that comes back takes the place of what
 * has the same ids here; a page takes the place of this one, and the focus stays on the card. `<a data-inline>` brings the
 * form of another page into the card. Without script all of them are plain forms and links.
 */
import { announce } from "./announce.ts";
import { all, around, make } from "./dom.ts";
import { fault, GONE, piece, type Piece } from "./fragment.ts";
import { STOPS } from "./keyboard.ts";

/** `dress` gives new pieces what the scripts give to a page. */
export function startForms(dress: (within: HTMLElement) => void): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-correct], .inline form[method=post]")) return;
    event.preventDefault();
    void post(form, event.submitter, dress);
  });
  document.addEventListener("click", (event) => {
    const link = around(event, "a[data-inline]");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void unfold(link);
  });
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" ? around(event, ".inline") : null;
    if (!open) return;
    event.preventDefault();
    fold(open);
  });
}

/** Puts the form of the page that a link leads to below the link, or takes it away again. */
async function unfold(link: HTMLAnchorElement): Promise<void> {
  const place = link.closest<HTMLElement>(".actions, ul, p") ?? link;
  const before = place.nextElementSibling;
  if (before instanceof HTMLElement && before.matches(".inline")) {
    fold(before);
    if (before.dataset["of"] === link.href) return;
  }
  const inline = make("div", { class: "inline", "data-of": link.href }, make("p", { class: "meta" }, "…"));
  place.after(inline);
  try {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    const form = answer.ok ? (await piece(answer)).content.querySelector("form") : null;
    if (!form) return inline.replaceChildren(make("p", { class: "error" }, answer.ok ? "there is no form" : await fault(answer)));
    const cancel = make("button", { type: "button", class: "quiet" }, "Cancel");
    cancel.addEventListener("click", () => fold(inline));
    form.append(cancel);
    inline.replaceChildren(form);
    form.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea")?.focus();
  } catch {
    inline.replaceChildren(make("p", { class: "error" }, GONE));
  }
}

function fold(inline: HTMLElement): void {
  const of = inline.dataset["of"];
  inline.remove();
  all<HTMLAnchorElement>("a[data-inline]").find((link) => link.href === of)?.focus();
}

async function post(form: HTMLFormElement, by: HTMLElement | null, dress: (within: HTMLElement) => void): Promise<void> {
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  complain(form, "");
  try {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, by)) if (typeof value === "string") body.append(name, value);
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    if (!answer.ok) return complain(form, await fault(answer));
    const card = form.closest<HTMLElement>(STOPS) ?? form.closest<HTMLElement>("[id]");
    if (elsewhere(answer)) return location.assign(answer.url);
    const done = form.dataset["done"] ?? "Saved";
    replace(await piece(answer), card, dress);
    announce(done);
  } catch {
    complain(form, "the server does not answer; nothing was saved");
  } finally {
    form.removeAttribute("aria-busy");
  }
}

/** The answer is the page of something else, as of a meeting that has another number now. */
function elsewhere(answer: Response): boolean {
  return answer.redirected && new URL(answer.url).pathname !== location.pathname;
}

/** Puts the new pieces where the old ones were; the focus stays on the card, or goes to the one that took its place. */
function replace({ content, page }: Piece, card: HTMLElement | null, dress: (within: HTMLElement) => void): void {
  const at = all(STOPS).indexOf(card as HTMLElement);
  if (page) {
    const main = document.querySelector<HTMLElement>("main")!;
    const scrolled = main.querySelector(".text")?.scrollTop ?? 0;
    main.replaceChildren(content);
    main.querySelector(".text")?.scrollTo(0, scrolled);
    dress(main);
  } else {
    const fresh = [...content.querySelectorAll<HTMLElement>("[id]")].filter(
      (part) => !part.parentElement?.closest("[id]") && document.getElementById(part.id),
    );
    if (fresh.length === 0) return location.reload();
    for (const part of fresh) {
      document.getElementById(part.id)?.replaceWith(part);
      dress(part);
    }
  }
  const next = (card?.id ? document.getElementById(card.id) : null) ?? all(STOPS)[Math.max(0, at)];
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
