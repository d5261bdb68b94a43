/**
 * The thinned sweep in the browser: exact counts at every threshold that it can name.
 *
 * Row i stands for every threshold in (below[i], score[i]]: no score lies inside, so all of them give
 * the same counts. Row 0 is "nothing flagged". Where rows were left out, a threshold may fall in
 * a gap between two rows; it is then moved to the nearer row, so what is shown is always exact.
 */
import { shortestBetween } from "./shortest.js";

/**
 * @typedef {Object} TableData
 * @property {(number|string)[]} score distinct scores, descending ("Infinity" as text)
 * @property {(number|string|null)[]} below next lower score of the full sweep; null: the next row's score
 * @property {number[]} tp true positives at `score >= threshold`
 * @property {number[]} fp false positives
 * @property {number} positives
 * @property {number} negatives
 * @property {boolean} float32 whether thresholds are compared as 32-bit floats
 */
/** @typedef {{score: number|string, below: number|string, tp: number, fp: number}} ExactPoint */
/** @typedef {{row: number, threshold: number}} Position */

export class SweepTable {
  /**
   * @param {TableData} data
   * @param {ExactPoint[]} points further exact rows (a threshold from the link, the presets)
   */
  constructor(data, points = []) {
    const rows = data.score.map((score, i) => {
      const next = i + 1 < data.score.length ? data.score[i + 1] : "-Infinity";
      return { score: Number(score), below: Number(data.below[i] ?? next), tp: data.tp[i], fp: data.fp[i] };
    });
    const known = new Set(rows.map((row) => row.score));
    for (const point of points) {
      const score = Number(point.score);
      if (!Number.isFinite(score) || known.has(score)) continue;
      known.add(score);
      rows.push({ score, below: Number(point.below), tp: point.tp, fp: point.fp });
    }
    rows.sort((a, b) => b.score - a.score);
    if (rows[0].score !== Infinity) {
      rows.unshift({ score: Infinity, below: rows[0].score, tp: 0, fp: 0 });
    }
    this.length = rows.length;
    this.score = Float64Array.from(rows, (row) => row.score);
    this.below = Float64Array.from(rows, (row) => row.below);
    this.tp = Float64Array.from(rows, (row) => row.tp);
    this.fp = Float64Array.from(rows, (row) => row.fp);
    this.positives = data.positives;
    this.negatives = data.negatives;
    this.float32 = data.float32;
    /** @type {(number|undefined)[]} */
    this.named = new Array(rows.length);
  }

  /** The counts of a row. @param {number} row */
  confusion(row) {
    const tp = this.tp[row];
    const fp = this.fp[row];
    return { tn: this.negatives - fp, fp, fn: this.positives - tp, tp };
  }

  /** The shortest decimal that stands for a row. @param {number} row */
  name(row) {
    let value = this.named[row];
    if (value === undefined) {
      value = shortestBetween(this.below[row], this.score[row], this.float32);
      this.named[row] = value;
    }
    return value;
  }

  /** The last row whose score is at least the threshold. @param {number} threshold */
  rowAtOrAbove(threshold) {
    const wanted = this.float32 ? Math.fround(threshold) : threshold;
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.score[middle] >= wanted) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /**
   * The exact position nearest to a wanted threshold: the threshold itself where its counts are known.
   * @param {number} threshold
   * @returns {Position}
   */
  nearest(threshold) {
    const row = this.rowAtOrAbove(threshold);
    const wanted = this.float32 ? Math.fround(threshold) : threshold;
    if (wanted > this.below[row]) return { row, threshold };
    // In a gap, or below the lowest score: the upper row reaches down to below[row], the lower one starts at its score.
    const next = Math.min(row + 1, this.length - 1);
    const nearer = wanted - this.score[next] < this.below[row] - wanted ? next : row;
    return { row: nearer, threshold: this.name(nearer) };
  }

  /**
   * One step up or down that always arrives at another position.
   * @param {Position} from
   * @param {number} wanted where the step would like to go
   * @returns {Position}
   */
  step(from, wanted) {
    const to = this.nearest(wanted);
    const up = wanted > from.threshold;
    if (up ? to.threshold > from.threshold : to.threshold < from.threshold) return to;
    const row = Math.min(Math.max(from.row + (up ? -1 : 1), 0), this.length - 1);
    return row === from.row ? from : { row, threshold: this.name(row) };
  }
}

/**
 * Round to a decimal step, without binary noise (0.1 + 0.2 stays 0.3).
 * @param {number} value @param {number} digits decimals; negative for tens, hundreds, ...
 */
export function roundTo(value, digits) {
  return digits >= 0
    ? Number(value.toFixed(Math.min(digits, 100)))
    : Math.round(value / 10 ** -digits) * 10 ** -digits;
}
