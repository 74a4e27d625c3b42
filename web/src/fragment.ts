/** Pieces of pages from our own server: taken out of HTML that is parsed apart, where no script of it runs. */

/** The children of the answer's `main`, or of its body where it is a fragment. */
export async function fragment(answer: Response): Promise<DocumentFragment> {
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const active of parsed.querySelectorAll("script, style, link, iframe, object")) active.remove();
  const piece = document.createDocumentFragment();
  piece.append(...(parsed.querySelector("main") ?? parsed.body).childNodes);
  return document.importNode(piece, true);
}

/** What the server says went wrong, in a line. */
export async function fault(answer: Response): Promise<string> {
  const words = (await fragment(answer)).textContent?.replace(/\s+/g, " ").trim();
  return words?.slice(0, 300) || `the server answered ${answer.status}`;
}
