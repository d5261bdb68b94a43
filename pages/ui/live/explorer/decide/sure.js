/** How sure all this is: bands on the curves, rates with resampled intervals, and where a chosen threshold would lie. */
import { formatCoefficient, formatCount, formatScore, formatShare } from "../base/numbers.js";
import { html, setText, svg } from "../base/svg.js";
import { DrawChoice } from "./drawing.js";

/**
 * @typedef {Object} Band one end of an interval for each place of a grid; null: not defined there
 * @property {number[]} x @property {(number|null)[]} low @property {(number|null)[]} high
 */
/**
 * @typedef {Object} SureData
 * @property {string} problem why there is nothing to show; empty where there is
 * @property {number} resamples
 * @property {Band} roc @property {Band} pr
 * @property {[number, number]} roc_auc @property {[number, number]} average_precision
 * @property {{thresholds: number[], exact: boolean, bands: Record<string, {label: string, coefficient: boolean, low: (number|null)[], high: (number|null)[]}>}} rates
 * @property {{what: string, thresholds: number[], low: number, high: number, feasible: number, kept: Kept[], sure: boolean}|null} chosen
 * @property {{together: string, groups: number, few: boolean}} drawn
 * @property {string[]} columns that can say what stands together
 */
/** @typedef {{label: string, promised: string, kept: string, low: string, high: string, holds: number|null}} Kept one thing that a goal speaks of, on the rows that chose and on rows left out */

export class SureTool {
  /** @param {{onBands: (on: boolean) => void, onDraw: (change: {together?: string, stratified?: boolean, seed?: number}) => void}} events */
  constructor(events) {
    this.draw = new DrawChoice(events.onDraw);
    this.box = /** @type {HTMLInputElement} */ (html("input", { type: "checkbox" }));
    this.box.addEventListener("change", () => events.onBands(this.box.checked));
    this.message = html("p", { class: "op-told op-warning", role: "status" });
    this.rows = html("tbody", {});
    this.areas = html("p", { class: "op-told" });
    this.chosen = html("p", { class: "op-told", "data-op": "chosen-words" });
    this.holds = html("p", { class: "op-told", "data-op": "kept-words" });
    this.keptRows = html("tbody", {});
    this.keptHead = html("th", { scope: "col" });
    const keptHeads = ["promised", "kept on rows left out", "95 % of draws"].map((text) => html("th", { scope: "col" }, [text]));
    this.kept = html("table", { class: "op-costs", "data-op": "kept" }, [html("thead", {}, [html("tr", {}, [this.keptHead, ...keptHeads])]), this.keptRows]);
    this.optimistic = html("p", { class: "op-told op-subtle", "data-op": "optimistic" });
    const head = ["", "here", "95 % interval", "of resamples"].map((text) => html("th", { scope: "col" }, [text]));
    this.closedHead = head[2];
    this.table = html("table", { class: "op-costs" }, [html("thead", {}, [html("tr", {}, head)]), this.rows]);
    this.element = html("div", { class: "op-panel", "data-panel": "sure" }, [
      html("label", { class: "op-row" }, [this.box, "Draw the rows anew 1,000 times, and show the bands"]),
      this.draw.element, this.message, this.kept, this.holds, this.chosen, this.table, this.areas, this.optimistic,
    ]);
    /** @type {SureData|null} */
    this.data = null;
  }

  /** @param {SureData|null} data @param {import("./desk.js").DeskState} desk */
  take(data, desk) {
    const on = desk.bands;
    this.box.checked = on;
    this.draw.take(on && data ? data.columns : [], desk, data?.drawn ?? null, on && Boolean(data?.drawn));
    this.waiting = on && !data;
    this.data = data && !data.problem ? data : null;
    setText(this.message, data?.problem ?? "");
    this.table.hidden = !this.data;
    this.showKept();
    setText(this.closedHead, this.data?.drawn.together ? "were each row alone" : "95 % interval");
    const bands = this.data ? Object.entries(this.data.rates.bands) : [];
    this.lines = bands.map(([name, { label, coefficient }]) => {
      const cells = [0, 1, 2].map(() => html("td", {}));
      return { name, cells, coefficient, element: html("tr", { "data-sure": name }, [html("th", { scope: "row" }, [label]), ...cells]) };
    });
    this.rows.replaceChildren(...this.lines.map(({ element }) => element));
    if (!this.data) {
      for (const part of [this.areas, this.chosen]) setText(part, "");
      return;
    }
    const { roc_auc: auc, average_precision: ap, chosen } = this.data;
    setText(this.areas, `ROC AUC ${auc.map(formatCoefficient).join(" to ")}; average precision ${ap.map(formatCoefficient).join(" to ")}.`);
    setText(this.chosen, !chosen ? "" : chosen.thresholds.length
      ? `The threshold of “${chosen.what}”: resamples would choose ${formatScore(short(chosen.low))} to ${formatScore(short(chosen.high))}` +
        `${chosen.feasible < 1 ? `; ${formatShare(chosen.feasible)} of them can meet it` : ""}.`
      : `No resample can meet “${chosen.what}”.`);
  }

  /** What the goal promises on the rows that chose its threshold, beside what rows left out keep of it. */
  showKept() {
    const { chosen, resamples } = this.data ?? {};
    const kept = chosen?.kept ?? [];
    this.kept.hidden = !kept.length;
    setText(this.keptHead, chosen ? `“${chosen.what}”` : "");
    this.keptRows.replaceChildren(...kept.map(({ label, promised, kept: mean, low, high }) => html("tr", { "data-kept": label }, [
      html("th", { scope: "row" }, [label]), ...[promised, mean, `${low} to ${high}`].map((text) => html("td", {}, [text])),
    ])));
    const limits = kept.filter(({ holds }) => holds !== null).map(({ label, holds }) => `${label} in ${formatShare(holds)}`);
    const many = resamples ? `${formatCount(resamples)} draws` : "";
    setText(this.holds, !kept.length ? "" :
      `Each of ${many} chose its own threshold and was judged by the rows that it left out.` +
      `${limits.length ? ` Those kept ${limits.join(", ")} of the draws.` : ""}` +
      `${chosen.sure ? " Here limits are met by the figure itself, without their confidence." : ""}`);
  }

  /** The band of a curve. @param {import("../curve.js").Curve} curve @param {"roc"|"pr"} name */
  inCurve(curve, name) {
    if (!this.data) return [];
    const { x, low, high } = this.data[name];
    const known = x.map((_, i) => i).filter((i) => low[i] !== null && high[i] !== null);
    if (known.length < 2) return [];
    const point = (i, y) => `${curve.toX(x[i]).toFixed(1)} ${curve.toY(y[i]).toFixed(1)}`;
    const there = known.map((i) => point(i, high)).join("L");
    const back = known.reverse().map((i) => point(i, low)).join("L");
    return [svg("path", { class: "op-band", d: `M${there}L${back}z` })];
  }

  /** A strip of the places where resamples would put the threshold. @param {import("../histogram.js").Histogram} histogram @param {number} from @param {number} height */
  inHistogram(histogram, from, height) {
    const chosen = this.data?.chosen;
    if (!chosen || !chosen.thresholds.length) return [];
    const [top, bottom] = [from + 13, from + height - 2];
    const marks = chosen.thresholds.map((each) => `M${histogram.toX(each).toFixed(1)} ${top}V${bottom}`).join("");
    const [low, high] = [histogram.toX(chosen.low), histogram.toX(chosen.high)];
    return [
      svg("text", { class: "op-lane-label", x: histogram.left + 2, y: from + 10 }, [`where resamples would choose “${chosen.what}”`]),
      svg("path", { class: "op-strip", d: marks, style: `stroke-opacity: ${Math.max(0.04, Math.min(0.5, 12 / chosen.thresholds.length))}` }),
      svg("line", { class: "op-cost-range", x1: low, x2: Math.max(high, low + 1), y1: bottom, y2: bottom }),
    ];
  }

  /** @param {number} threshold @param {Record<string, number>} now @param {(name: string) => {low: number, high: number}} closed @param {boolean} chosenHere */
  move(threshold, now, closed, chosenHere) {
    setText(this.optimistic, chosenHere ? "Intervals here are optimistic: chosen on these rows. See Validation for rows that did not choose." : "");
    if (!this.data) return;
    const { bands } = this.data.rates;
    const at = this.placeOf(threshold);
    for (const { name, cells, coefficient, element } of this.lines) {
      const format = coefficient ? formatCoefficient : formatShare;
      const range = (low, high) => (low === null || high === null || Number.isNaN(low) ? "–" : `${format(low)} to ${format(high)}`);
      const known = closed(name);
      const band = { low: between(bands[name].low, at), high: between(bands[name].high, at) };
      [format(now[name]), range(known.low, known.high), range(band.low, band.high)].forEach((text, i) => setText(cells[i], text));
      element.dataset.low = String(band.low);
      element.dataset.high = String(band.high);
    }
  }

  /** Where a threshold lies among those of the resamples; between two of them where these are some of many. @param {number} threshold */
  placeOf(threshold) {
    const { thresholds, exact } = this.data.rates;
    let [low, high] = [-1, thresholds.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (thresholds[middle] >= threshold) low = middle;
      else high = middle;
    }
    // Until the next score nothing changes where each score is there. Above the highest one nothing is called.
    if (exact || low < 0 || high === thresholds.length) return { low, high: low, share: 0 };
    return { low, high, share: (thresholds[low] - threshold) / (thresholds[low] - thresholds[high]) };
  }
}

/** One end of a band at a place. @param {(number|null)[]} values @param {{low: number, high: number, share: number}} place @returns {number|null} */
function between(values, { low, high, share }) {
  const [before, after] = [values[low] ?? null, values[high] ?? null];
  if (share === 0) return before;
  return before === null || after === null ? null : before + share * (after - before);
}

/** An end of an interval needs no more digits than it is sure of. */
export function short(value) {
  return Number(value.toPrecision(5));
}
