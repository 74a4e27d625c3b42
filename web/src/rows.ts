/** The rows that a figure draws: the JSON twin of its page, with the pages that follow. */

export interface Twin<Row> {
  rows: Row[];
  next?: string | null;
}

/** No figure draws more. */
const MOST = 20_000;

/** All rows, page after page; keys beside `rows` are those of the first page. */
export async function twin<T extends Twin<unknown>>(address: string): Promise<T> {
  const first = await json<T>(address);
  const rows = [...first.rows];
  const seen = new Set([address]);
  let next = first.next;
  while (next && !seen.has(next) && rows.length < MOST) {
    seen.add(next);
    const page = await json<T>(next);
    rows.push(...page.rows);
    next = page.next;
  }
  return { ...first, rows: rows.slice(0, MOST), next };
}

async function json<T>(address: string): Promise<T> {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) throw new Error("a figure is drawn of our own data only");
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return (await answer.json()) as T;
}
