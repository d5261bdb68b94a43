/** What a threshold costs: the arithmetic of evalcore/metrics/goals/costs.py over the rows that the browser has. */

/** @typedef {import("../base/metrics.js").Confusion} Confusion */
/** @typedef {{fp: number, fn: number, tp: number, tn: number, review: number}} CaseCosts review: of each flagged case */
/** @typedef {{column: string, score: (number|string)[], tp: number[], fp: number[], positives: number, negatives: number}} AmountData */

/** Totals that differ by less are equal: the highest threshold is then taken. */
const ROUNDED_MONEY = 1e-12;

/** @param {CaseCosts} costs @param {Confusion} c counts @param {Confusion} priced the same, or the amounts of the cases in each cell */
export function totalCost(costs, c, priced) {
  return costs.fp * priced.fp + costs.fn * priced.fn + costs.tp * priced.tp + costs.tn * priced.tn + costs.review * (c.tp + c.fp);
}

/** The amounts of the cases in each cell, by row of a table. */
export class Amounts {
  /** @param {AmountData} data @param {import("../base/table.js").SweepTable} table */
  constructor(data, table) {
    const at = new Map(data.score.map((score, i) => [Number(score), i]));
    const of = (values) => Float64Array.from(table.score, (score) => (at.has(score) ? values[at.get(score)] : score === Infinity ? 0 : NaN));
    this.tp = of(data.tp);
    this.fp = of(data.fp);
    this.positives = data.positives;
    this.negatives = data.negatives;
  }

  /** @param {number} row */
  cells(row) {
    const [tp, fp] = [this.tp[row], this.fp[row]];
    return { tn: this.negatives - fp, fp, fn: this.positives - tp, tp };
  }
}

/** The row of least cost; of several the highest threshold. @param {ArrayLike<number>} totals NaN: not known here */
export function cheapestRow(totals) {
  let best = -1;
  for (let row = 0; row < totals.length; row += 1) {
    if (Number.isNaN(totals[row])) continue;
    if (best < 0 || totals[row] < totals[best] - ROUNDED_MONEY * Math.max(1, Math.abs(totals[best]))) best = row;
  }
  return best;
}

/**
 * The cost ratios (a miss over a false alarm) for which a row is the cheapest.
 * Exact, as the table holds every corner of the sweep's convex hull.
 * @param {import("../base/table.js").SweepTable} table @param {number} row
 * @returns {[number, number]|null} null: another threshold is cheaper whatever the ratio
 */
export function ratiosWhereBest(table, row) {
  let low = 0;
  let high = Infinity;
  for (let other = 0; other < table.length; other += 1) {
    const gained = table.tp[other] - table.tp[row];
    const alarms = table.fp[other] - table.fp[row];
    if (gained === 0) {
      if (alarms < 0) return null;
    } else if (gained < 0) low = Math.max(low, alarms / gained);
    else high = Math.min(high, alarms / gained);
  }
  return low > high * (1 + ROUNDED_MONEY) ? null : [low, high];
}

/**
 * The rows that are the cheapest for some ratio: the corners of the ROC curve's convex hull, from calling none on.
 * @param {import("../base/table.js").SweepTable} table
 * @returns {number[]}
 */
export function cheapestCorners({ tp, fp, length }) {
  const corners = [];
  for (let row = 0; row < length; row += 1) {
    // A corner under the line from the one before it to this row is none.
    while (corners.length > 1) {
      const [before, last] = corners.slice(-2);
      if ((tp[last] - tp[before]) * (fp[row] - fp[before]) > (tp[row] - tp[before]) * (fp[last] - fp[before])) break;
      corners.pop();
    }
    corners.push(row);
  }
  return corners;
}

/**
 * The cost ratio for which a row costs least above the cheapest one, as a share of what it costs itself.
 * Between two corners both change in proportion to the ratio, so that it is one at which two corners cost the same.
 * @param {import("../base/table.js").SweepTable} table @param {number[]} corners @param {number} row
 * @returns {{ratio: number, cheaper: number, saved: number}|null} the cheaper row, and the share that it saves
 */
export function nearestRatio({ tp, fp, positives }, corners, row) {
  let found = null;
  for (let i = 1; i < corners.length; i += 1) {
    const [one, other] = [corners[i - 1], corners[i]];
    const ratio = (fp[other] - fp[one]) / (tp[other] - tp[one]);
    if (!(ratio > 0 && Number.isFinite(ratio))) continue;
    const cost = (at) => ratio * (positives - tp[at]) + fp[at];
    const saved = 1 - cost(one) / cost(row);
    if (!found || saved < found.saved) found = { ratio, cheaper: Math.abs(one - row) < Math.abs(other - row) ? one : other, saved };
  }
  return found;
}
