/** A range marked by hand in the histogram: where the pointer goes, and the frame around the marked bars. */
import { svg } from "./base/svg.js";

/** Less than this is a click, not a range. */
const LEAST_PIXELS = 4;

/**
 * @typedef {Object} Frame the histogram's place and scale
 * @property {number} left @property {number} right
 * @property {number} top @property {number} middle @property {number} bottom
 * @property {(score: number) => number} toX @property {(x: number) => number} toScore
 */
/** @typedef {import("./range.js").ScoreRange} ScoreRange */

export class Brush {
  /** @param {{onWant: (range: ScoreRange|null) => void, onRelease: () => void, onCancel: () => void}} events */
  constructor(events) {
    this.events = events;
    this.pressed = false;
    this.mark = svg("rect", { class: "op-brush", rx: 3, visibility: "hidden" });
  }

  /** @param {Frame} frame */
  place(frame) {
    this.frame = frame;
  }

  press(x, y) {
    this.pressed = true;
    this.start = x;
    this.highest = y;
    this.lowest = y;
    this.wide = false;
  }

  drag(x, y) {
    const { left, right, middle, toScore } = this.frame;
    this.highest = Math.min(this.highest, y);
    this.lowest = Math.max(this.lowest, y);
    this.wide ||= Math.abs(x - this.start) >= LEAST_PIXELS;
    if (!this.wide) return;
    const [from, to] = [Math.min(x, this.start), Math.max(x, this.start)];
    this.events.onWant({
      // The end bins hold all that lies beyond them: a range up to the edge has no end there.
      low: from <= left ? null : toScore(from),
      high: to >= right ? null : toScore(to),
      // A hand that stays on one side of the axis means the bars of that side.
      actual: this.lowest < middle ? "negative" : this.highest > middle ? "positive" : null,
    });
  }

  /** @param {boolean} finished false where the browser took the pointer away */
  release(finished) {
    this.pressed = false;
    if (!finished) this.events.onCancel();
    else {
      if (!this.wide) this.events.onWant(null);
      this.events.onRelease();
    }
  }

  /** @param {ScoreRange|null} range */
  show(range) {
    this.mark.setAttribute("visibility", range ? "visible" : "hidden");
    if (!range) return;
    const { left, right, top, middle, bottom, toX } = this.frame;
    const from = range.low === null ? left : toX(range.low);
    const to = range.high === null ? right : toX(range.high);
    const upper = range.actual === "positive" ? middle : top;
    const lower = range.actual === "negative" ? middle : bottom;
    for (const [name, value] of [["x", from], ["width", Math.max(to - from, 1)], ["y", upper], ["height", lower - upper]]) {
      this.mark.setAttribute(name, value.toFixed(2));
    }
  }
}
