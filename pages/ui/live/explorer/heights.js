/** How tall the bars of the histogram are: one scale for both classes, a scale for each, or logarithms. */
import { formatBrief } from "./base/numbers.js";
import { niceTicks } from "./base/svg.js";

/** @typedef {"one"|"own"|"log"} ScaleName */

/** The scales that can be chosen, and what the chart says of each. */
export const SCALES = [
  { scale: "one", label: "One scale", says: "cases per bar", more: "one scale for both" },
  { scale: "own", label: "Own scales", says: "each class on its own scale", more: "heights of the two cannot be compared" },
  { scale: "log", label: "Log scale", says: "cases per bar, logarithmic", more: "one step is ten times as many" },
];

/** The side with fewer cases still gets this share of the picture. */
const LEAST_SHARE = 0.18;
/** Numbers beside the bars stand at least this far apart. */
const TICK_PIXELS = 26;

/**
 * @typedef {Object} Side
 * @property {(count: number) => number} tall pixels of a bar
 * @property {{value: number, tall: number, text: string}[]} ticks
 */

/**
 * Share the room among both sides.
 * @param {ScaleName} scale @param {number} negatives the tallest bar above @param {number} positives the tallest below
 * @param {number} room pixels for both sides together
 * @returns {{above: number, sides: [Side, Side]}} `above`: pixels over the axis
 */
export function barHeights(scale, negatives, positives, room) {
  const tallest = [Math.max(negatives, Number.MIN_VALUE), Math.max(positives, Number.MIN_VALUE)];
  const both = Math.max(...tallest);
  const fair = tallest[0] / (tallest[0] + tallest[1]);
  const share = scale === "one" ? Math.min(Math.max(fair, LEAST_SHARE), 1 - LEAST_SHARE) : 0.5;
  const rooms = [share * room - 1, (1 - share) * room - 1];
  const unit = Math.min(rooms[0] / tallest[0], rooms[1] / tallest[1]);
  const side = (i) => {
    const tall = scale === "log" ? (count) => (rooms[i] * Math.log10(1 + count)) / Math.log10(1 + both)
      : scale === "one" ? (count) => count * unit
      : (count) => (count * rooms[i]) / tallest[i];
    const most = scale === "log" ? both : scale === "one" ? rooms[i] / unit : tallest[i];
    return { tall, ticks: heightTicks(scale, most, rooms[i], tall) };
  };
  return { above: share * room, sides: [side(0), side(1)] };
}

function heightTicks(scale, most, room, tall) {
  const count = Math.max(1, Math.floor(room / TICK_PIXELS));
  let values;
  if (scale === "log") {
    const powers = Math.floor(Math.log10(Math.max(most, 1)));
    const step = Math.max(1, Math.ceil(powers / count));
    values = Array.from({ length: Math.floor(powers / step) }, (_, i) => 10 ** ((i + 1) * step));
  } else {
    values = niceTicks(0, most, count).filter((each) => each > 0);
  }
  // A number that would stand on the axis or over the edge is left out.
  return values.map((value) => ({ value, tall: tall(value), text: formatBrief(value) })).filter((each) => each.tall > 9 && each.tall <= room + 1);
}
