/** Pieces of pages from our own server: taken out of HTML that is parsed apart, where no script of it runs. */

export interface Piece {
  content: DocumentFragment;
  /** It is what is within the `main` of a page, not a fragment. */
  page: boolean;
}

export async function piece(answer: Response): Promise<Piece> {
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const active of parsed.querySelectorAll("script, style, link, iframe, object")) active.remove();
  const main = parsed.querySelector("main");
  const content = document.createDocumentFragment();
  content.append(...(main ?? parsed.body).childNodes);
  return { content: document.importNode(content, true), page: main !== null };
}

/** What the server says went wrong, in a line. */
export async function fault(answer: Response): Promise<string> {
  const { content } = await piece(answer);
  const said = content.querySelector(".fault") ?? content;
  return said.textContent?.replace(/\s+/g, " ").trim().slice(0, 300) || `the server answered ${answer.status}`;
}

/** What is said when there is no answer at all. */
export const GONE = "the server does not answer; is chancery serve still running?";
