/** Names beside points so that none covers another; those of lesser rank go without where there is no room. */
import { draw } from "./dom.ts";

export interface Box {
  x: number;
  y: number;
  radius: number;
  words: string;
  /** The greater is placed first; below 0 is not placed. */
  rank: number;
}

type Taken = [left: number, top: number, right: number, bottom: number];

const HIGH = 14;
const LETTER = 6.6;

export function placed(boxes: Box[], wide: number, high: number): SVGTextElement[] {
  const taken: Taken[] = boxes
    .filter((box) => box.rank >= 0)
    .map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
  const free = (one: Taken) =>
    one[0] > 2 && one[1] > 0 && one[2] < wide - 2 && one[3] < high &&
    taken.every((other) => one[2] < other[0] || one[0] > other[2] || one[3] < other[1] || one[1] > other[3]);
  const labels: SVGTextElement[] = [];
  for (const { x, y, radius, words, rank } of boxes.toSorted((a, b) => b.rank - a.rank)) {
    if (rank < 0) break;
    const long = [...words].length * LETTER;
    const half = HIGH / 2;
    const away = radius + 4;
    const choices: [Taken, string, number, number][] = [
      [[x + away, y - half, x + away + long, y + half], "start", x + away, y + 4],
      [[x - away - long, y - half, x - away, y + half], "end", x - away, y + 4],
      [[x - long / 2, y - away - HIGH, x + long / 2, y - away], "middle", x, y - away - 3],
      [[x - long / 2, y + away, x + long / 2, y + away + HIGH], "middle", x, y + away + 11],
    ];
    const choice = choices.find(([box]) => free(box));
    if (!choice) continue;
    taken.push(choice[0]);
    labels.push(draw("text", { x: choice[2].toFixed(1), y: choice[3].toFixed(1), "text-anchor": choice[1], class: "name" }, words));
  }
  return labels;
}
