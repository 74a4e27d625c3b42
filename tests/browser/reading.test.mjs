// A reader's way through a record: read a document, see which words a card stands on, ask why, copy, move by keyboard alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { blameless, comes, open } from "./lib/browser.mjs";

const base = process.env.CHANCERY_ADDRESS;

test("from the record to a document by links", async () => {
  const page = await open(base, "/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Documents" }).click();
  await page.getByRole("link", { name: "d2", exact: true }).click();
  await page.waitForURL(/\/documents\/d2$/);
  assert.match(await page.locator("h1").textContent(), /President Ganbold receives/);
  await blameless(page);
});

test("pointing at a statement lights just the words it was read from", async () => {
  const page = await open(base, "/documents/d2");
  const cards = page.locator(".card.statement");
  assert.ok((await cards.count()) >= 3);
  for (const card of await cards.all()) {
    await card.hover();
    const content = (await card.locator(".content").textContent()).replace(/\s+/g, " ").trim();
    await comes(async () => {
      const lit = (await page.locator(".text .lit").allTextContents()).join(" ").replace(/\s+/g, " ").trim();
      assert.ok(lit.includes(content.split(" … ")[0]), `“${lit}” has not “${content}”`);
    });
  }
  await blameless(page);
});

test("clicked words say why", async () => {
  const page = await open(base, "/documents/d2");
  await page.locator(".text .said").first().click();
  const why = page.getByRole("dialog", { name: "Why" });
  await why.getByText("rule").first().waitFor();
  assert.ok((await why.locator("mark").count()) > 0);
  await page.keyboard.press("Escape");
  await why.waitFor({ state: "hidden" });
  await blameless(page);
});

test("by keyboard alone: move, ask why, come back, copy the citation", async () => {
  const page = await open(base, "/documents/d2");
  await page.keyboard.press("j");
  while (!(await page.evaluate(() => document.activeElement.matches(".statement")))) await page.keyboard.press("j");
  const id = await page.evaluate(() => document.activeElement.id);
  await page.keyboard.press("w");
  await page.getByRole("dialog", { name: "Why" }).getByText("rule").first().waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Why" }).waitFor({ state: "hidden" });
  await page.keyboard.press("c");
  await page.getByText("Footnote copied").waitFor();
  const footnote = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(footnote.includes(id), footnote);
  await page.keyboard.press("Tab");
  await blameless(page);
});

test("a sentence that gave nothing is counted and says why not", async () => {
  const page = await open(base, "/documents/d2");
  assert.match(await page.locator("#silent h2").textContent(), /^\d+ of \d+ sentences gave no row/);
  await page.locator(".text .unread").first().click();
  await page.getByRole("dialog", { name: "Why" }).getByText("This sentence gave no row").waitFor();
  await blameless(page);
});

test("a list is narrowed and its twins hold the same rows", async () => {
  const page = await open(base, "/statements");
  await page.getByLabel("Country").fill("MNG");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/country=MNG/);
  const ids = await page.locator("table.rows tbody td:first-child").allTextContents();
  assert.ok(ids.length > 0);
  const twin = await (await fetch(new URL("/statements.json?country=MNG", base))).json();
  assert.deepEqual(twin.rows.map((row) => row.id), ids);
  await blameless(page);
});
