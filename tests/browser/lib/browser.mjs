// A real browser, and what no page of ours may do: complain in the console, lose a request, break its own policy, shut readers out.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { after } from "node:test";
import { gzipSync } from "node:zlib";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--font-render-hinting=none",
];

/** A folder whose files stand in for those in the binary, to try a bundle without building: `CHANCERY_ASSETS=crates/app/assets`. */
const ASSETS = process.env.CHANCERY_ASSETS && pathToFileURL(`${process.env.CHANCERY_ASSETS}/`);

/** How many times slower pages run: `SLOW=8` finds what passes on a quick machine only. */
const SLOW = Number(process.env.SLOW ?? 1);

export const WIDTHS = { phone: 360, tablet: 768, desk: 1280 };

/** One browser for a file of tests. */
let browser;
after(() => browser?.close());

/**
 * A page of its own, without memory of others; `faults` is what went wrong on it so far,
 * and `bytes` what was loaded, compressed. `who` signs corrections.
 */
export async function open(base, path, { width = WIDTHS.desk, theme = "light", script = true, who } = {}) {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width, height: 760 },
    colorScheme: theme,
    reducedMotion: "reduce",
    javaScriptEnabled: script,
    locale: "en-GB",
    timezoneId: "UTC",
    acceptDownloads: true,
  });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  if (who) await context.addCookies([{ name: "chancery-name", value: who, url: base }]);
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  if (SLOW > 1) await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: SLOW });
  if (ASSETS) {
    const own = (route) => fileURLToPath(new URL(route.request().url().split("/").at(-1), ASSETS));
    await page.route("**/assets/*", (route) => route.fulfill({ path: own(route) }));
  }
  const faults = [];
  page.bytes = 0;
  const weighed = [];
  page.on("console", (said) => ["error", "warning"].includes(said.type()) && faults.push(`console: ${said.text()}`));
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => faults.push(`request: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (answer) => answer.status() >= 400 && faults.push(`${answer.status()}: ${answer.url()}`));
  const weigh = async (request) => {
    const body = await (await request.response())?.body().catch(() => null);
    page.bytes += body ? gzipSync(body).length : 0;
  };
  page.on("requestfinished", (request) => weighed.push(weigh(request)));
  page.faults = faults;
  page.expect = (pattern) => faults.splice(0, faults.length, ...faults.filter((fault) => !pattern.test(fault)));
  await page.goto(path);
  await settled(page);
  await Promise.all(weighed);
  return page;
}

/** Once figures are drawn: they say that they are busy before the page has loaded. */
export async function settled(page) {
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
}

/** What a page comes to: a page answers keys and clicks in its own time, so that it is looked at again until it is so, or for long not. */
export async function comes(look) {
  for (const end = Date.now() + 20_000; ; await new Promise((again) => setTimeout(again, 40))) {
    try {
      return await look();
    } catch (otherwise) {
      if (Date.now() > end) throw otherwise;
    }
  }
}

/** The page did nothing wrong, and everybody can read it; then it is closed. */
export async function blameless(page) {
  await page.evaluate(`${AXE}; window.scrollTo(0, 0)`);
  const found = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  const words = found.violations.flatMap((violation) =>
    violation.nodes.slice(0, 3).map((node) => `${violation.id}: ${node.target} — ${node.failureSummary}`),
  );
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) words.push(`the page is ${wide} pixels wider than the window`);
  const { faults } = page;
  await page.context().close();
  assert.deepEqual([...faults, ...words], []);
}
