// Pictures of pages, compared with those that were looked at and found good; UPDATE_SHOTS=1 takes them anew.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import pixelmatch from "pixelmatch";
import UPNG from "upng-js";

const KEPT = new URL("../shots/", import.meta.url);
const SEEN = new URL("../seen/", import.meta.url);
const FONTS = new URL("fonts.txt", KEPT);
/** Pictures only are taken, nothing else is looked at. */
export const UPDATE = process.env.UPDATE_SHOTS === "1";
/** The share of pixels that may differ: another version of the browser draws letters a little otherwise. */
const SHARE = 0.012;

/** The fonts that the page's families come to here; pictures in other fonts cannot be compared. */
function fonts() {
  const family = (name) => execFileSync("fc-match", [name, "family"], { encoding: "utf8" }).trim();
  try {
    return ["system-ui", "serif", "Noto Serif", "Noto Sans", "Liberation Serif"].map((name) => `${name}: ${family(name)}\n`).join("");
  } catch {
    return "";
  }
}

export function comparable() {
  if (UPDATE) {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(FONTS, fonts());
  }
  return existsSync(FONTS) && readFileSync(FONTS, "utf8") === fonts();
}

/** Sixteen shades of each colour: few enough for a palette, and the eye sees no difference. */
function coarse(pixels) {
  return new Uint8Array(pixels).map((shade) => Math.round(shade / 17) * 17).buffer;
}

/** What is in the window now looks as it did. */
export async function looks(page, name) {
  const file = new URL(`${name}.png`, KEPT);
  const taken = await page.screenshot({ animations: "disabled", caret: "hide" });
  const now = UPNG.decode(taken);
  if (UPDATE) {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(file, Buffer.from(UPNG.encode([coarse(UPNG.toRGBA8(now)[0])], now.width, now.height, 0)));
    return;
  }
  assert.ok(existsSync(file), `there is no picture ${name} to compare with; look at the page and run with UPDATE_SHOTS=1`);
  const before = UPNG.decode(readFileSync(file));
  const pixels = (picture) => new Uint8Array(UPNG.toRGBA8(picture)[0]);
  assert.deepEqual([now.width, now.height], [before.width, before.height], `${name} is of another size`);
  const differ = pixelmatch(pixels(now), pixels(before), undefined, now.width, now.height, { threshold: 0.2 });
  const share = differ / (now.width * now.height);
  if (share <= SHARE) return;
  mkdirSync(SEEN, { recursive: true });
  writeFileSync(new URL(`${name}.png`, SEEN), taken);
  assert.fail(`${name} looks otherwise: ${(100 * share).toFixed(1)} in 100 pixels differ; see tests/browser/seen`);
}
