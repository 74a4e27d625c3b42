// What the scripts do with the markup they expect, on pages of a tiny server: here are cases that a small record has not.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serveFixtures } from "./fixtures/server.mjs";
import { blameless, comes, open, settled } from "./lib/browser.mjs";

let server, base;
before(async () => {
  server = await serveFixtures();
  base = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent || "");

test("a card lights its words, and words light their card", async () => {
  const page = await open(base, "/documents");
  await page.hover("#d1\\.s3 blockquote");
  const quoted = await page.locator("#d1\\.s3 blockquote").textContent();
  await comes(async () => assert.deepEqual(await page.locator(".text .lit").allTextContents(), [quoted]));
  await page.hover("[data-rows~='d1.s2']");
  await page.locator("#d1\\.s2.lit").waitFor();
  await comes(async () => assert.equal(await page.locator(".text .lit").count(), 1));
  await page.hover("h1");
  await page.locator(".lit").first().waitFor({ state: "detached" });
  await blameless(page);
});

test("words say why, and the focus comes back to them", async () => {
  const page = await open(base, "/documents");
  const words = page.locator("[data-rows~='d1.s3']");
  await words.focus();
  await page.keyboard.press("Enter");
  await page.getByText("is a position of").waitFor();
  assert.equal(await page.evaluate(() => window.hurt), undefined, "no script of a fragment runs");
  await page.keyboard.press("Escape");
  await page.locator("dialog.why").waitFor({ state: "hidden" });
  await comes(async () => assert.ok(await words.evaluate((element) => element === document.activeElement)));
  await blameless(page);
});

test("j and k move among cards, letters do what a card offers", async () => {
  const page = await open(base, "/documents");
  for (const key of ["j", "j", "j"]) await page.keyboard.press(key);
  await comes(async () => assert.equal(await focused(page), "d1.s2"));
  await page.keyboard.press("k");
  await comes(async () => assert.equal(await focused(page), "d1.s1"));
  await page.keyboard.press("a");
  await page.locator("#d1\\.s1.accepted").waitFor();
  await page.getByRole("status").getByText("Saved", { exact: true }).waitFor();
  await comes(async () => assert.equal(await focused(page), "d1.s1", "the focus stays on the card that came back"));
  await blameless(page);
});

test("what the server refuses is said in the form", async () => {
  const page = await open(base, "/documents");
  for (const key of ["j", "j", "x"]) await page.keyboard.press(key);
  await page.locator("#d1\\.s1 .error").getByText("'x' is no act").waitFor();
  page.expect(/400/);
  await blameless(page);
});

test("c copies the footnote, the menu the other forms", async () => {
  const page = await open(base, "/documents");
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  for (const key of ["j", "j", "c"]) await page.keyboard.press(key);
  await page.getByText("Footnote copied").waitFor();
  assert.match(await clipboard(), /^Ministry of Ruritania, “Premier/);
  await page.locator("#d1\\.s1 .copies summary").click();
  await page.getByRole("button", { name: "BibTeX" }).click();
  await page.getByText("BibTeX copied").waitFor();
  assert.match(await clipboard(), /^@misc\{d1/);
  await blameless(page);
});

test("the keys are listed, search is a key away, typing is left alone", async () => {
  const page = await open(base, "/documents");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "hidden" });
  await page.keyboard.press("/");
  await page.keyboard.type("j?k");
  await comes(async () => assert.equal(await page.locator("form.search input").inputValue(), "j?k"));
  await blameless(page);
});

test("the theme is remembered and there before the page is drawn", async () => {
  const page = await open(base, "/");
  await page.getByRole("button", { name: /^Theme/ }).click();
  await page.locator("html[data-theme=dark]").waitFor();
  await page.reload();
  await page.locator("html[data-theme=dark]").waitFor();
  await blameless(page);
});

test("what was unfolded stays unfolded", async () => {
  const page = await open(base, "/documents");
  await page.getByText("3 of 11 sentences gave nothing").click();
  const unfolded = page.getByText("The talks lasted three hours.", { exact: true });
  await unfolded.waitFor();
  await page.reload();
  await unfolded.waitFor();
  await blameless(page);
});

test("a figure is busy until it is drawn and says what it shows", async () => {
  for (const path of ["/timeline", "/network", "/map"]) {
    const page = await open(base, path);
    await page.addInitScript(() => {
      const look = () => {
        const figure = document.querySelector("figure.drawn:not([aria-busy])");
        if (figure) window.found ??= [figure.querySelectorAll("svg.drawing > *").length, figure.querySelector(".said-line").textContent];
      };
      new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
    });
    await page.reload();
    await settled(page);
    const [drawn, said] = await page.evaluate(() => window.found);
    assert.ok(drawn > 0, path);
    assert.match(said, /\d/, path);
    await blameless(page);
  }
});

test("the timeline zooms by key and tells the address, and its marks are links with names", async () => {
  const page = await open(base, "/timeline");
  const marks = page.locator("svg.drawing a.point");
  await comes(async () => assert.ok((await marks.count()) > 50));
  await marks.first().focus();
  const whole = await page.locator(".said-line").textContent();
  await page.locator("svg.drawing a.point[tabindex='0']").focus();
  const first = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  await page.keyboard.press("ArrowRight");
  await comes(async () => assert.notEqual(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), first));
  for (const key of ["+", "+", "+"]) await page.keyboard.press(key);
  await page.waitForURL(/from=\d{4}-\d{2}-\d{2}&to=\d{4}-\d{2}-\d{2}/);
  await page.reload();
  await settled(page);
  assert.match(await page.locator(".said-line").textContent(), /^\d+ of 159 meetings/);
  assert.notEqual(await page.locator(".said-line").textContent(), whole);
  await page.getByRole("button", { name: "Show all" }).click();
  await page.waitForURL(/^[^?]*$/);
  await page.getByRole("slider", { name: "From" }).focus();
  for (let i = 0; i < 5; i += 1) await page.keyboard.press("ArrowRight");
  await page.waitForURL(/from=/);
  await blameless(page);
});

test("figures are saved as SVG and PNG, with their colours", async () => {
  for (const path of ["/timeline", "/network", "/map"]) {
    const page = await open(base, path);
    for (const [name, start] of [["Save as SVG", "<svg"], ["Save as PNG", "\x89PNG"]]) {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      const pieces = [];
      for await (const piece of await download.createReadStream()) pieces.push(piece);
      const file = Buffer.concat(pieces);
      assert.equal(file.subarray(0, 4).toString("latin1"), start);
      if (start === "<svg") assert.doesNotMatch(file.toString(), /class=|oklch|var\(/);
      else assert.ok(file.length > 5000, `${path}: an empty picture`);
    }
    await blameless(page);
  }
});

test("the network goes through the months and tells of the one in focus", async () => {
  const page = await open(base, "/network");
  const shown = () => page.locator(".tie:not(.gone)").count();
  const whole = await shown();
  const slider = page.getByRole("slider", { name: "Month" });
  await slider.focus();
  await page.keyboard.press("Home");
  await comes(async () => assert.ok((await shown()) < whole / 4));
  await page.getByRole("button", { name: "Play" }).click();
  await page.getByText("2028-03", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.keyboard.press("Tab");
  await page.locator("svg.drawing .node[tabindex='0']").focus();
  await page.keyboard.press("ArrowDown");
  await comes(async () => assert.match(await page.locator(".said-line").textContent(), /: \d+ meetings?/));
  await blameless(page);
});

test("names on figures do not cover each other", async () => {
  for (const path of ["/network", "/map"]) {
    const page = await open(base, path);
    const overlaps = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll(".labels text")].map((label) => label.getBoundingClientRect());
      return boxes.filter((one, at) =>
        boxes.some((two, other) => other > at && one.left < two.right - 2 && two.left < one.right - 2 && one.top < two.bottom - 3 && two.top < one.bottom - 3),
      ).length;
    });
    assert.equal(overlaps, 0, path);
    await blameless(page);
  }
});

test("the map zooms by key and wheel, and its places are links", async () => {
  const page = await open(base, "/map");
  const place = page.locator("svg.drawing a.point[tabindex='0']");
  await place.focus();
  await page.locator(".said-line").getByText(/^Oslo, Norway: 31 meetings, 2028-03-01 to 2031-11-20/).waitFor();
  const before = await page.locator("svg.drawing > g").first().getAttribute("transform");
  await page.keyboard.press("+");
  await comes(async () => assert.notEqual(await page.locator("svg.drawing > g").first().getAttribute("transform"), before));
  await page.keyboard.press("ArrowLeft");
  await comes(async () => assert.match(await page.evaluate(() => document.activeElement.getAttribute("href")), /^\/meetings\?place=/));
  await blameless(page);
});

test("a phone sees rows as cards and may read them aloud as a table", async () => {
  const page = await open(base, "/meetings", { width: 360 });
  assert.equal(await page.locator("table.rows tbody td").first().getAttribute("data-label"), "Id");
  assert.ok((await page.getByRole("row").count()) > 20);
  assert.ok((await page.getByRole("columnheader").count()) >= 6);
  await blameless(page);
});

test("every page is as good in the dark and on the narrowest phone", async () => {
  for (const path of ["/", "/documents", "/meetings", "/compare", "/timeline", "/network", "/map"]) {
    await blameless(await open(base, path, { width: 320, theme: "dark" }));
  }
});
