/** Dark or light: as the system says, unless the reader has said otherwise. */
import { make, memory } from "./dom.ts";

const NAMES = { system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" } as const;
type Theme = keyof typeof NAMES;

function remembered(): Theme {
  const name = memory.get("theme");
  return name === "light" || name === "dark" ? name : "system";
}

/** Called before the page is drawn, so that it doesn't flash. */
export function applyTheme(theme: Theme = remembered()): void {
  if (theme === "system") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.setAttribute("data-theme", theme);
}

export function startTheme(): void {
  const top = document.querySelector("header.top");
  if (!top) return;
  const button = top.querySelector<HTMLButtonElement>("[data-theme-toggle]") ?? make("button", { type: "button" });
  button.classList.add("theme");
  const tell = (theme: Theme) => {
    button.dataset["now"] = theme;
    button.setAttribute("aria-label", NAMES[theme]);
    button.title = NAMES[theme];
  };
  button.addEventListener("click", () => {
    const theme = ({ system: "dark", dark: "light", light: "system" } as const)[remembered()];
    memory.set("theme", theme === "system" ? null : theme);
    applyTheme(theme);
    tell(theme);
  });
  tell(remembered());
  if (!button.isConnected) top.append(button);
}
