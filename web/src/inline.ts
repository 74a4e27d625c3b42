/**
 * Forms without leaving the page: a link `a[data-inline]` opens the form of the page it leads to in the card around it, or
 * below the link. Without script the link leads there. Pressed again, or with Escape, the form is gone.
 */
import { announce } from "./announce.ts";
import { all, around, make } from "./dom.ts";
import { fault, fragment } from "./fragment.ts";

export function startInline(): void {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = around(event, "a[data-inline]");
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    void toggle(link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !(event.target instanceof Element)) return;
    const open = event.target.closest<HTMLElement>(".inline");
    if (!open) return;
    const link = all<HTMLAnchorElement>("a[data-inline][aria-expanded='true']").find((one) => place(one).contains(open));
    open.remove();
    link?.setAttribute("aria-expanded", "false");
    link?.focus();
  });
}

/** Where the form of a link is opened. */
function place(link: HTMLAnchorElement): HTMLElement {
  return link.closest<HTMLElement>(".card, li, section") ?? document.body;
}

async function toggle(link: HTMLAnchorElement): Promise<void> {
  const within = place(link);
  const open = within.querySelector(".inline");
  open?.remove();
  link.setAttribute("aria-expanded", String(!open));
  if (open) return;
  const holder = make("div", { class: "inline" });
  try {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) holder.append(make("p", { class: "error", role: "alert" }, await fault(answer)));
    else holder.append(...[(await fragment(answer)).querySelector("form[data-correct]")].filter((form) => form !== null));
  } catch {
    return announce("the server does not answer; is chancery serve still running?");
  }
  within.append(holder);
  holder.querySelector<HTMLElement>("select, input:not([type='hidden']), textarea")?.focus();
}
