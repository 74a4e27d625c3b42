/** A drawing as a file: SVG with its colours written into it, or PNG at twice the size. */
import { make } from "./dom.ts";

/** What style sheets say of a drawing, as attributes that any program reads. */
const STYLES = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity",
  "font-family", "font-size", "font-weight", "text-anchor", "paint-order", "display",
];

export function svgText(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const { width, height } = drawing.getBoundingClientRect();
  const pairs = [drawing, ...drawing.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, at) => {
    const style = getComputedStyle(pairs[at]!);
    for (const name of STYLES) element.setAttribute(name, plain(style.getPropertyValue(name)));
    for (const name of ["class", "tabindex", "style"]) element.removeAttribute(name);
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  paper.setAttribute("width", "100%");
  paper.setAttribute("height", "100%");
  paper.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(paper);
  return new XMLSerializer().serializeToString(copy);
}

const plainly = new Map<string, string>();

/** A colour as `#rrggbb`, which older programs read too; what is no such colour stays. */
function plain(value: string): string {
  if (!/^(oklch|oklab|color)\(/.test(value)) return value;
  const known = plainly.get(value);
  if (known) return known;
  const pencil = make("canvas", { width: 1, height: 1 }).getContext("2d");
  if (!pencil) return value;
  pencil.fillStyle = value;
  pencil.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pencil.getImageData(0, 0, 1, 1).data;
  const found = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  plainly.set(value, found);
  return found;
}

export function saveSvg(drawing: SVGSVGElement, name: string): void {
  save(new Blob([svgText(drawing)], { type: "image/svg+xml" }), `${name}.svg`);
}

export async function savePng(drawing: SVGSVGElement, name: string): Promise<void> {
  const address = URL.createObjectURL(new Blob([svgText(drawing)], { type: "image/svg+xml" }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = make("canvas", { width: picture.naturalWidth * 2, height: picture.naturalHeight * 2 });
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (blob) save(blob, `${name}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
