// Every page of the server, with the example texts: looked at in three widths, in the dark, without script, and found blameless.
import assert from "node:assert/strict";
import { test } from "node:test";
import { blameless, open, WIDTHS } from "./lib/browser.mjs";
import { comparable, looks, UPDATE } from "./lib/shots.mjs";

const base = process.env.CHANCERY_ADDRESS;
const api = await (await fetch(new URL("/openapi.json", base))).json();

/** What stands for `{id}` of a page, and what is asked for where a page shows nothing unasked. */
const SAMPLES = {
  "/documents/{id}": "/documents/d2",
  "/meetings/{id}": "/meetings/M3",
  "/people/{id}": "/people/Saran%20Ganbold",
  "/why/{id}": "/why/d2.s1",
  "/edit/{id}": "/edit/d2.s1",
  "/add/{id}": "/add/d2?layer=statement",
  "/dyad": "/dyad?with=MNG&with=VNM",
  "/brief": "/brief?with=MNG&with=VNM",
  "/series": "/series?with=MNG&with=VNM&topic=pandemic",
  "/compare": "/compare?a=d2&b=d3",
  "/phrases": "/phrases?q=the",
  "/positions": "/positions?topic=trade",
  "/search": "/search?q=topic:trade",
};

const pages = [...new Set(Object.keys(api.paths).map((path) => path.replace(/\.(json|csv|gexf)$/, "").replace("/index", "/")))]
  .map((path) => [path, SAMPLES[path] ?? path])
  .filter(([, address]) => !address.includes("{"));
const name = (path) => path.replace(/[{}]/g, "").replace(/^\/$/, "home").replace(/^\//, "").replace(/\//g, "-");

/** A page is light: what its first load brings, compressed. */
const MOST = { "/map": 120_000 };
const ORDINARY = 60_000;

const pictures = comparable();

test("there are pages", () => assert.ok(pages.length > 5, `only ${pages.length}`));
test("the pictures can be compared", { skip: pictures ? false : "none are kept, or they were taken with other fonts" }, () => {});

for (const [path, address] of pages) {
  test(`${path} is blameless and looks as it did, in three widths and in the dark`, async () => {
    const views = Object.entries(WIDTHS).map(([width, pixels]) => [width, { width: pixels }]);
    for (const [view, options] of [...views, ["dark", { theme: "dark" }]]) {
      const page = await open(base, address, options);
      if (pictures) await looks(page, `${name(path)}-${view}`);
      if (UPDATE) {
        await page.context().close();
        continue;
      }
      assert.ok(page.bytes > 1000 && page.bytes < (MOST[path] ?? ORDINARY), `${page.bytes} bytes compressed`);
      await blameless(page);
    }
  });

  test(`${path} has its heading and its rows without script`, async () => {
    const plain = await open(base, address, { script: false });
    const scripted = await open(base, address);
    const told = async (page) => [await page.locator("main h1").first().textContent(), await page.locator("main tr").count()];
    assert.deepEqual(await told(plain), await told(scripted));
    assert.deepEqual([scripted.faults, plain.faults], [[], []]);
    for (const page of [plain, scripted]) await page.context().close();
  });
}
