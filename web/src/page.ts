/** What every page runs. Each part is started by what it finds; a page without script says the same. */
import { startAnnouncing } from "./announce.ts";
import { startCitation } from "./citation.ts";
import { startDetails } from "./details.ts";
import { startForms } from "./forms.ts";
import { startInline } from "./inline.ts";
import { startKeyboard } from "./keyboard.ts";
import { startLights } from "./lights.ts";
import { startSparks } from "./spark.ts";
import { startTables } from "./tables.ts";
import { applyTheme, startTheme } from "./theme.ts";
import { startWhy } from "./why.ts";

applyTheme();
document.documentElement.classList.add("script");

function start(): void {
  startAnnouncing();
  startTheme();
  startDetails();
  startTables();
  startKeyboard();
  startLights();
  startWhy();
  startCitation();
  startForms();
  startInline();
  startSparks();
  document.querySelector("header.top [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
