/** What every page runs. Each part is started by what it finds; a page without script says the same. */
import { startAnnouncing } from "./announce.ts";
import { addMenus, startCitation } from "./citation.ts";
import { remember } from "./details.ts";
import { startForms } from "./forms.ts";
import { startKeyboard } from "./keyboard.ts";
import { startLights } from "./lights.ts";
import { drawSparks } from "./spark.ts";
import { nameCells } from "./tables.ts";
import { applyTheme, startTheme } from "./theme.ts";
import { nameWords, startWhy } from "./why.ts";

applyTheme();
document.documentElement.classList.add("script");

function start(): void {
  startAnnouncing();
  startTheme();
  startKeyboard();
  startLights();
  startForms(dress);
  startWhy();
  startCitation();
  dress(document.body);
  document.querySelector("header.top [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
}

/** What a page is given, and each piece that comes into it later. */
function dress(within: HTMLElement): void {
  nameCells(within);
  nameWords(within);
  remember(within);
  addMenus(within);
  drawSparks(within);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
