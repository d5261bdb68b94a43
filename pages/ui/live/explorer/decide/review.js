/** Two thresholds: below both a case is left alone, from the upper one on it is called, between them a person decides. */
import { countedWords, formatCount, formatMoney, formatScore, formatShare } from "../base/numbers.js";
import { html, setText, svg } from "../base/svg.js";
import { roundTo } from "../base/table.js";
import { totalCost } from "./money.js";

/** @typedef {import("../base/table.js").Position} Position */
/**
 * @typedef {Object} ReviewData
 * @property {number|string|null} low @property {number|string|null} high the two thresholds; null where none are said
 * @property {number|null} limit the share of wrong calls that was asked for
 * @property {string} problem why there are none
 */

/** A line is taken from so far, in pixels; its handle stands below the fields' words. */
const REACH = 14;
const HANDLE = 7;
/** Until somebody moves them, the lines stand so far from the threshold, as a share of the axis. */
const FIRST = 0.04;
const SIDES = ["low", "high"];

export class ReviewTool {
  /** @param {{onBand: (band: string) => void, onCost: (cost: number, said: boolean) => void}} events */
  constructor(events) {
    this.events = events;
    const box = (label, narrow) => /** @type {HTMLInputElement} */ (html("input", { type: "number", step: "any", class: `op-box op-small ${narrow ? "op-narrow" : "op-score"}`, "aria-label": label }));
    this.boxes = { low: box("Left alone below", false), high: box("Called from", false) };
    for (const side of SIDES) this.boxes[side].addEventListener("change", () => this.typed(side));
    this.limit = box("Most wrong calls, in percent", true);
    this.cost = box("Cost of each review", true);
    this.cost.addEventListener("input", () => events.onCost(this.cost.valueAsNumber || 0, false));
    this.cost.addEventListener("change", () => events.onCost(this.cost.valueAsNumber || 0, true));
    const find = html("button", { type: "button", class: "op-button op-small" }, ["Find the fewest reviews"]);
    find.addEventListener("click", () => this.find());
    this.limit.addEventListener("keydown", (event) => { if (event.key === "Enter") this.find(); });
    this.message = html("p", { class: "op-told op-warning", role: "status" });
    this.told = Object.fromEntries(["looked", "decided", "alone", "money"].map((name) => [name, html("p", { class: "op-told", "data-review": name })]));
    this.element = html("div", { class: "op-panel", "data-panel": "review" }, [
      html("div", { class: "op-row" }, ["Left alone below", this.boxes.low, "called from", this.boxes.high]),
      html("div", { class: "op-row" }, ["Wrong in at most", this.limit, "%", find]),
      this.message, this.told.looked, this.told.decided, this.told.alone,
      html("label", { class: "op-row" }, ["Each review costs", this.cost]), this.told.money,
    ]);
    this.area = svg("rect", { class: "op-review-area" });
    this.lines = Object.fromEntries(SIDES.map((side) => [side, svg("g", { class: "op-review-line", "data-side": side })]));
    /** @type {{low: Position, high: Position}|null} */
    this.band = null;
  }

  find() {
    const percent = this.limit.valueAsNumber;
    const known = percent >= 0 && percent <= 50;
    setText(this.message, known ? "" : "Write the most wrong calls as a percentage from 0 to 50.");
    if (known) this.events.onBand(`error <= ${percent} %`);
  }

  /** @param {"low"|"high"} side */
  typed(side) {
    const value = this.boxes[side].valueAsNumber;
    if (this.band && Number.isFinite(value)) this.put(side, value, true);
  }

  /** @param {ReviewData|null} data @param {import("./desk.js").DeskState} state @param {import("../base/table.js").SweepTable} table @param {import("./lens.js").Lens} lens @param {{positive: string}} names @param {import("../base/numbers.js").Words} words */
  take(data, state, table, lens, names, words) {
    Object.assign(this, { table, lens, names, words, costs: state.costs });
    const said = data && data.low !== null && data.high !== null;
    this.band = said ? { low: table.nearest(Number(data.low)), high: table.nearest(Number(data.high)) } : null;
    setText(this.message, data?.problem ?? "");
    const box = (input, value) => { if (input.getRootNode().activeElement !== input) input.value = value; };
    box(this.limit, data && data.limit !== null ? String(Number((100 * data.limit).toPrecision(6))) : this.limit.value || "1");
    box(this.cost, String(state.costs.band ?? 0));
  }

  /** @param {import("../histogram.js").Histogram} histogram @param {Position} position of the one threshold @param {number} digits */
  inHistogram(histogram, position, digits) {
    Object.assign(this, { histogram, digits });
    if (!this.band) {
      const away = FIRST * (histogram.high - histogram.low);
      const near = (score) => this.table.nearest(roundTo(Math.min(Math.max(score, histogram.low), histogram.high), digits));
      const middle = Math.min(Math.max(position.threshold, histogram.low), histogram.high);
      this.band = { low: near(middle - away), high: near(middle + away) };
    }
    const { plotTop: top, plotBottom: bottom } = histogram;
    this.area.setAttribute("y", String(top));
    this.area.setAttribute("height", String(bottom - top));
    for (const side of SIDES) {
      this.lines[side].replaceChildren(
        svg("line", { y1: top, y2: bottom }),
        svg("circle", { cy: top + HANDLE, r: HANDLE }),
        svg("path", { d: side === "low" ? `M2 ${top + 4}l-4 3l4 3` : `M-2 ${top + 4}l4 3l-4 3` }),
      );
    }
    this.place();
    return { under: [this.area], over: SIDES.map((side) => this.lines[side]) };
  }

  /** What of the histogram this takes: a press near one of its lines, and not nearer to the threshold's. */
  claim(x, cut) {
    const { histogram, band } = this;
    if (!band) return null;
    const away = (side) => Math.abs(histogram.toX(band[side].threshold) - x);
    // Where both lie together the one is taken that has room to move.
    const side = away("low") < away("high") || (away("low") === away("high") && x < histogram.toX(band.low.threshold)) ? "low" : "high";
    if (away(side) > REACH || Math.abs(cut - x) < away(side)) return null;
    const before = { ...band };
    return {
      move: (score) => this.put(side, roundTo(score, this.digits), false),
      release: () => this.say(),
      cancel: () => { this.band = before; this.place(); this.write(); },
    };
  }

  /** Move one line; the other one is pushed along. @param {"low"|"high"} side @param {number} score @param {boolean} said */
  put(side, score, said) {
    const at = this.table.nearest(score);
    this.band[side] = at;
    const other = side === "low" ? "high" : "low";
    if (this.band.low.threshold > this.band.high.threshold) this.band[other] = at;
    this.place();
    this.write();
    if (said) this.say();
  }

  say() {
    this.events.onBand(`${this.band.low.threshold}~${this.band.high.threshold}`);
  }

  place() {
    if (!this.histogram) return;
    const [low, high] = SIDES.map((side) => this.histogram.toX(this.band[side].threshold));
    this.area.setAttribute("x", low.toFixed(1));
    this.area.setAttribute("width", Math.max(high - low, 0).toFixed(1));
    this.lines.low.setAttribute("transform", `translate(${low.toFixed(1)})`);
    this.lines.high.setAttribute("transform", `translate(${high.toFixed(1)})`);
  }

  /** @param {number} row of the one threshold */
  move(row) {
    this.row = row;
    this.write();
  }

  write() {
    if (!this.band || this.row === undefined) return;
    const { table, lens, words, band } = this;
    for (const side of SIDES) {
      const input = this.boxes[side];
      const text = String(band[side].threshold);
      if (input.getRootNode().activeElement !== input && input.value !== text) input.value = Number.isFinite(band[side].threshold) ? text : "";
    }
    const found = reviewed(table, band.low.row, band.high.row);
    const decided = lens.at(found.decided);
    const told = lens.told(found.decided);
    const looked = lens.at(found.looked);
    const sum = (c) => c.tn + c.fp + c.fn + c.tp;
    const all = sum(decided) + sum(looked);
    const wrong = (decided.fp + decided.fn) / sum(decided);
    const alone = lens.at(table.confusion(this.row));
    const review = sum(looked);
    const count = lens.on ? "" : `${formatCount(review)} of ${formatCount(all)} cases, `;
    setText(this.told.looked, review > 0
      ? `Between them a person looks at ${count}${formatShare(review / all)}; ${formatShare(looked.tp / review)} of these are “${this.names.positive}”.`
      : "Nobody looks at any case: the two thresholds are one.");
    setText(this.told.decided, sum(decided) > 0
      ? `The model decides ${formatShare(sum(decided) / all)} of all cases and is wrong in ${formatShare(wrong)} of them: ` +
        `${countedWords(words, "fn", told.fn)}, ${countedWords(words, "fp", told.fp)}.`
      : "The model decides no case: people look at all of them.");
    setText(this.told.alone, `Without review, at the one threshold ${formatScore(table.name(this.row))}, ${formatShare((alone.fp + alone.fn) / all)} of all cases are wrong.`);
    const money = reviewCost(this.costs, decided, looked);
    setText(this.told.money, `Then all costs ${formatMoney(money / all)} a case, ${formatMoney(totalCost(this.costs, alone, alone) / all)} without review; people are taken to be right, and the other costs are those under “Costs”.`);
    Object.assign(this.element.dataset, { low: String(band.low.threshold), high: String(band.high.threshold), review: String(review / all), error: String(wrong), cost: String(money / all) });
  }
}

/** The decided cases by outcome, and those that a person looks at. @param {import("../base/table.js").SweepTable} table @param {number} lower row @param {number} upper row */
export function reviewed(table, lower, upper) {
  const [below, above] = [table.confusion(lower), table.confusion(upper)];
  return {
    decided: { tn: below.tn, fp: above.fp, fn: below.fn, tp: above.tp },
    looked: { tn: below.fp - above.fp, fp: 0, fn: 0, tp: below.tp - above.tp },
  };
}

/** What it costs where people decide rightly: their cases are caught or left alone, and each look costs. */
export function reviewCost(costs, decided, looked) {
  return totalCost(costs, decided, decided) + totalCost(costs, looked, looked) + (costs.band ?? 0) * (looked.tn + looked.tp);
}
