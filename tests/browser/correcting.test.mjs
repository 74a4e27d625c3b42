// Putting a record right: accept, edit and reject by keys, undo, code again and find the corrections standing, export, import.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { blameless, comes, open } from "./lib/browser.mjs";
import { serve } from "./lib/chancery.mjs";

const folder = mkdtempSync(join(tmpdir(), "chancery-"));
const texts = new URL("../../examples/readouts/", import.meta.url).pathname;
const record = join(folder, "record.db");
const chancery = (...args) => execFileSync(process.env.CHANCERY, args, { encoding: "utf8" });
const corrections = () =>
  chancery("corrections", "--format", "jsonl", "--record", record).split("\n").filter(Boolean).map((line) => JSON.parse(line));

let server;
before(async () => {
  chancery("add", "--record", record, texts);
  server = await serve(record);
});
after(async () => {
  await server.end();
  rmSync(folder, { recursive: true });
});

/** Presses `j` until the card is in focus. */
async function reach(page, id) {
  for (let step = 0; step < 80; step += 1) {
    if ((await page.evaluate(() => document.activeElement.id)) === id) return;
    await page.keyboard.press("j");
  }
  assert.fail(`j does not come to ${id}`);
}

const focused = (page) => page.evaluate(() => document.activeElement.id);

test("corrections are signed: the page asks for a name once", async () => {
  const page = await open(server.address, "/documents/d2");
  await page.getByLabel(/signed/).fill("ada");
  await Promise.all([page.waitForEvent("load"), page.getByLabel(/signed/).press("Enter")]);
  assert.equal(await page.getByLabel(/signed/).inputValue(), "ada");
  await blameless(page);
});

test("a accepts, u takes it back, and the focus stays", async () => {
  const page = await open(server.address, "/documents/d2", { who: "ada" });
  await reach(page, "d2.s1");
  await page.keyboard.press("a");
  await page.locator("#d2\\.s1 .judged").waitFor();
  await comes(async () => assert.equal(await focused(page), "d2.s1"));
  assert.deepEqual(corrections().map((one) => [one.row, one.verdict, one.who]), [["d2.s1", "accept", "ada"]]);
  await page.keyboard.press("u");
  await page.locator("#d2\\.s1 .judged").waitFor({ state: "detached" });
  assert.deepEqual(corrections(), []);
  await blameless(page);
});

test("e opens the fields, what is kept is shown, and what is no value is said in the form", async () => {
  const page = await open(server.address, "/documents/d2", { who: "ada" });
  await reach(page, "d2.s2");
  await page.keyboard.press("e");
  const act = page.locator("#d2\\.s2").getByLabel("act");
  await act.waitFor();
  await page.locator("#d2\\.s2").getByRole("button", { name: "Keep" }).click();
  await page.locator("#d2\\.s2 .error").getByText("nothing was changed").waitFor();
  page.expect(/400/);
  await act.selectOption("request");
  await page.locator("#d2\\.s2").getByRole("button", { name: "Keep" }).click();
  await page.locator("#d2\\.s2.request .judged").waitFor();
  // The words show it too.
  await page.locator(".text .said.request[data-rows~='d2.s2']").first().waitFor();
  await comes(async () => assert.equal(await focused(page), "d2.s2"));
  await blameless(page);
});

test("x rejects: the row is set apart, its words are plain, and it can come back", async () => {
  const page = await open(server.address, "/documents/d2", { who: "ada" });
  await reach(page, "d2.s4");
  await page.keyboard.press("x");
  await page.locator("#d2\\.s4.rejected").waitFor();
  await page.locator(".text [data-rows~='d2.s4']").first().waitFor({ state: "detached" });
  await blameless(page);
});

test("coded again by another reading, the corrections stand", async () => {
  const before = corrections();
  assert.match(chancery("add", "--fast", "--record", record, texts), /recoded/);
  assert.deepEqual(corrections().map((one) => one.verdict), before.map((one) => one.verdict));
  const page = await open(server.address, "/documents/d2", { who: "ada" });
  await page.locator(".card.request .judged").waitFor();
  await page.locator(".card.rejected").waitFor();
  await blameless(page);
});

test("a button gives a file, and a form takes it up, without script", async () => {
  const page = await open(server.address, "/corrections", { who: "ada", script: false });
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "JSON lines" }).click(),
  ]);
  assert.equal(file.suggestedFilename(), "export.jsonl");
  const path = join(folder, "export.jsonl");
  await file.saveAs(path);
  const mine = readFileSync(path, "utf8");
  assert.match(mine, /"ada"/);
  const sent = { name: "mine.jsonl", mimeType: "text/plain", buffer: Buffer.from(`${mine}nothing\n`) };
  await page.getByLabel(/Files of any/).setInputFiles(sent);
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByText(/corrections?, 0 of them new/).waitFor();
  await page.getByText(/mine\.jsonl:\d+: broken JSON/).waitFor();
  page.expect(/ERR_ABORTED/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
  await blameless(await open(server.address, "/corrections", { who: "ada" }));
});

test("what two people do not agree on is marked where it is read, with the way to settle it", async () => {
  chancery("correct", "d2.s2", "--set", "act=commitment", "--coder", "ben", "--record", record);
  const page = await open(server.address, "/statements", { who: "ada" });
  await page.getByRole("link", { name: "people differ" }).first().waitFor();
  await page.goto("/documents/d2");
  await page.locator("#d2\\.s2 .contested").getByRole("link", { name: "Settle" }).click();
  await page.waitForURL(/agreement#d2\.s2/);
  await blameless(page);
  chancery("correct", "d2.s2", "--undo", "--coder", "ben", "--record", record);
});

test("a line for the tables is tried on texts before it is copied", async () => {
  const page = await open(server.address, "/learn/d7.s1", { who: "ada" });
  await page.getByRole("button", { name: "Preview what it would change" }).first().click();
  await page.getByText(/nobody of the tables → /).first().waitFor();
  await blameless(page);
});

test("a row that its sentence has already is not added unless one insists, and a part of a name will do", async () => {
  const page = await open(server.address, "/add/d1?layer=statement", { who: "ada", script: false });
  await page.getByLabel(/^act/).selectOption("request");
  await page.getByLabel(/^speaker/).fill("Sapt");
  await page.getByLabel(/^what is said/).fill("reopen the Zenda pass");
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByText(/its sentence has such a row already, d1\.s1/).waitFor();
  page.expect(/400/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("exported and imported, they are in another record as well", async () => {
  const file = join(folder, "mine.jsonl");
  chancery("corrections", "export", "--record", record, file);
  assert.match(readFileSync(file, "utf8"), /"ada"/);
  const other = join(folder, "other.db");
  chancery("add", "--record", other, texts);
  chancery("corrections", "import", "--record", other, file);
  const theirs = await serve(other);
  try {
    const page = await open(theirs.address, "/documents/d2");
    assert.match(await page.locator("#d2\\.s2.request .judged").textContent(), /edited.* by ada/);
    await blameless(page);
  } finally {
    await theirs.end();
  }
});
