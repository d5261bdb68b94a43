/** The range of scores whose cases are shown: by brush, by typing, by touch; its counts are the sweep's own. */
import { formatCount } from "./base/numbers.js";
import { html, setText } from "./base/svg.js";
import { roundTo } from "./base/table.js";

/**
 * @typedef {Object} ScoreRange scores of at least `low` and below `high`
 * @property {number|null} low null: no end on this side
 * @property {number|null} high
 * @property {"positive"|"negative"|null} actual only cases of this actual class
 */
/** @typedef {import("./base/table.js").SweepTable} SweepTable */

/**
 * The nearest range whose counts are exact.
 * @param {SweepTable} table @param {ScoreRange} wanted @param {number} digits decimals that a pixel can tell
 * @returns {ScoreRange}
 */
export function exactRange(table, wanted, digits) {
  const end = (score) => (score === null ? null : table.nearest(roundTo(score, digits)).threshold);
  return { low: end(wanted.low), high: end(wanted.high), actual: wanted.actual };
}

/** @param {SweepTable} table @param {ScoreRange} range */
export function countsInRange(table, range) {
  const all = { tp: table.positives, fp: table.negatives };
  const flagged = (threshold, none) => (threshold === null ? none : table.confusion(table.nearest(threshold).row));
  const lower = flagged(range.low, all);
  const upper = flagged(range.high, { tp: 0, fp: 0 });
  return {
    positives: range.actual === "negative" ? 0 : lower.tp - upper.tp,
    negatives: range.actual === "positive" ? 0 : lower.fp - upper.fp,
  };
}

export class RangeChoice {
  /**
   * @param {HTMLElement} toggle @param {HTMLElement} row
   * @param {import("./histogram.js").Histogram} histogram @param {(range: ScoreRange|null) => void} say
   */
  constructor(toggle, row, histogram, say) {
    this.toggle = toggle;
    this.row = row;
    this.histogram = histogram;
    this.say = say;
    /** @type {ScoreRange|null} */
    this.range = null;
    this.frame = 0;
    const number = (label) => html("input", { type: "number", step: "any", class: "op-box", "aria-label": label, placeholder: "any" });
    this.low = /** @type {HTMLInputElement} */ (number("Scores from"));
    this.high = /** @type {HTMLInputElement} */ (number("Scores below"));
    this.actual = /** @type {HTMLSelectElement} */ (html("select", { class: "op-box", "aria-label": "Actual class" }));
    this.counts = html("span", { class: "op-range-counts" });
    const clear = html("button", { type: "button", class: "op-button" }, ["Clear the range"]);
    row.replaceChildren(
      html("label", {}, ["Scores from", this.low]), html("label", {}, ["to below", this.high]), this.actual, this.counts, clear,
    );
    toggle.addEventListener("click", () => this.select(!histogram.selecting));
    clear.addEventListener("click", () => { this.select(false); this.set(null); });
    for (const box of [this.low, this.high, this.actual]) box.addEventListener("change", () => this.typed());
  }

  /** @param {SweepTable} table @param {{positive: string, negative: string}} names @param {number} digits */
  take(table, names, digits) {
    this.table = table;
    this.names = names;
    this.digits = digits;
    const option = (value, text) => html("option", { value }, [text]);
    this.actual.replaceChildren(
      option("", "of both classes"), option("negative", `of “${names.negative}”`), option("positive", `of “${names.positive}”`),
    );
    this.draw();
  }

  /** Whether a plain drag marks a range, as touch and one hand need it. @param {boolean} on */
  select(on) {
    this.histogram.selecting = on;
    this.draw();
  }

  /** Show what somebody else chose, and hold it as said. @param {ScoreRange|null} range */
  show(range) {
    this.range = range;
    this.said = range;
    if (this.table) this.draw();
  }

  /** Towards a range while the hand moves; drawn with the next frame. @param {ScoreRange|null} wanted */
  want(wanted) {
    this.range = wanted && exactRange(this.table, wanted, this.digits);
    if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; this.draw(); });
  }

  /** The hand has let go: say it once. */
  commit() {
    this.draw();
    if (JSON.stringify(this.range) === JSON.stringify(this.said)) return;
    this.said = this.range;
    this.say(this.range);
  }

  cancel() {
    this.show(this.said);
  }

  /** @param {ScoreRange|null} range */
  set(range) {
    this.range = range;
    this.commit();
  }

  typed() {
    const end = (box) => (box.value.trim() === "" || Number.isNaN(box.valueAsNumber) ? null : this.table.nearest(box.valueAsNumber).threshold);
    let [low, high] = [end(this.low), end(this.high)];
    if (low !== null && high !== null && low > high) [low, high] = [high, low];
    const actual = /** @type {ScoreRange["actual"]} */ (this.actual.value || null);
    this.set(low === null && high === null && actual === null ? null : { low, high, actual });
  }

  draw() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const { range } = this;
    this.histogram.brush.show(range);
    this.toggle.setAttribute("aria-pressed", String(this.histogram.selecting));
    this.row.hidden = !range && !this.histogram.selecting;
    this.low.value = range && range.low !== null ? String(range.low) : "";
    this.high.value = range && range.high !== null ? String(range.high) : "";
    this.actual.value = (range && range.actual) || "";
    const { positives, negatives } = range ? countsInRange(this.table, range) : { positives: NaN, negatives: NaN };
    this.row.dataset.positives = String(positives);
    this.row.dataset.negatives = String(negatives);
    setText(this.counts, !range ? "Drag along the bars, or type." : [
      ...(range.actual === "positive" ? [] : [`${formatCount(negatives)} of “${this.names.negative}”`]),
      ...(range.actual === "negative" ? [] : [`${formatCount(positives)} of “${this.names.positive}”`]),
    ].join(", "));
  }

  destroy() {
    cancelAnimationFrame(this.frame);
  }
}
