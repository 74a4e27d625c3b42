// An analyst's questions: two texts side by side, a phrase and its history, a search with fields, meetings united and split.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { blameless, comes, open } from "./lib/browser.mjs";
import { serve } from "./lib/chancery.mjs";

const folder = mkdtempSync(join(tmpdir(), "chancery-"));
const texts = new URL("../../examples/readouts/", import.meta.url).pathname;
const record = join(folder, "record.db");

let server;
before(async () => {
  execFileSync(process.env.CHANCERY, ["add", "--record", record, texts]);
  server = await serve(record);
});
after(async () => {
  await server.end();
  rmSync(folder, { recursive: true });
});

test("two readouts of one meeting are compared, and a claim leads to its words", async () => {
  const page = await open(server.address, "/dyad?with=MNG&with=VNM");
  await page.getByRole("link", { name: "Compare the last two texts" }).click();
  await page.getByText("Two readouts of one meeting").waitFor();
  assert.ok((await page.locator("main del, main ins").count()) > 0, "there is a redline");
  const claim = page.locator("main a[href*='#d2.s']").first();
  const id = (await claim.getAttribute("href")).split("#")[1];
  await claim.click();
  await page.waitForURL(new RegExp(`/documents/d2#${id}$`));
  await page.locator(`[id="${id}"]`).waitFor();
  await blameless(page);
});

test("a phrase is found with its first and last use and how much was looked through", async () => {
  const page = await open(server.address, "/phrases");
  await page.locator("main input[name=q]").first().fill("climate");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "First and last" }).waitFor();
  assert.match(await page.locator("main").textContent(), /of 11 texts/);
  assert.ok((await page.locator("main mark").count()) > 0);
  await blameless(page);
});

test("the search in the head finds statements by field", async () => {
  const page = await open(server.address, "/");
  await page.keyboard.press("/");
  await page.keyboard.type("act:request");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=act/);
  await comes(async () => assert.ok((await page.locator("main a[href^='/documents/']").count()) > 2));
  await blameless(page);
});

test("an account is split from its meeting and united with it again", async () => {
  const page = await open(server.address, "/meetings/M3", { who: "Anna" });
  assert.equal(await page.locator(".accounts > li").count(), 2);
  await page.locator("button", { hasText: "Another meeting" }).last().click();
  await page.waitForFunction(() => document.querySelectorAll(".accounts > li").length === 1);
  const alone = new URL(page.url()).pathname.split("/").at(-1);
  const other = alone === "M3" ? "M4" : "M3";
  await page.locator("main input[name=with]").fill(other);
  await page.getByRole("button", { name: "They are one" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".accounts > li").length === 2);
  await blameless(page);
});
