/**
 * The same model where positives are rarer or commoner: what the counts of a threshold become there.
 *
 * The steps of evalcore/metrics/goals/prevalence.py; a test holds both to each other.
 */
import { interval, rates, wilson } from "../base/metrics.js";
import { partsOf } from "../base/numbers.js";

/** @typedef {import("../base/metrics.js").Confusion} Confusion */
/** @typedef {import("../base/metrics.js").Interval} Interval */

/** Two-sided 95 % point of the standard normal distribution. */
const Z_95 = 1.959963984540054;
const PERCENT = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });
/** Rates within one class, or made of such: at every prevalence as they are. */
const WITHIN_CLASS = ["recall", "specificity", "false_positive_rate", "false_negative_rate", "balanced_accuracy", "youden_j"];
/** Rates that are one minus another. */
const OTHER_SIDE = { false_discovery_rate: "precision", false_omission_rate: "negative_predictive_value" };
/** Numbers of cases are told of so many cases, at least; of more where positives or negatives are rare. */
const LEAST_BASE = 1000;
const LEAST_OF_A_CLASS = 10;

/**
 * A prevalence as people write it: "1 in 200", "0.5 %", "0,5%" or "0.005".
 * @param {string} text
 * @returns {number|null} null where it is no number between 0 and 1
 */
export function parsePrevalence(text) {
  const said = /^\s*(\d[\d.,]{0,15})\s*(?:(%)|(?:in|of|\/|out of|:)\s*(\d[\d.,]{0,15}))?\s*$/i.exec(text);
  if (!said) return null;
  const decimal = (part) => Number(part.replace(/,(?=\d{3}(?:\D|$))/g, "").replaceAll(",", "."));
  const value = decimal(said[1]) / decimal(said[3] ?? (said[2] ? "100" : "1"));
  return value > 0 && value < 1 ? value : null;
}

/** A prevalence in percent, with three digits however small it is. @param {number} value */
export function formatPrevalence(value) {
  return `${PERCENT.format(100 * value)} %`;
}

export class Lens {
  constructor() {
    /** @type {number|null} null: as the data are */
    this.prevalence = null;
    this.weights = { positive: 1, negative: 1 };
  }

  get on() { return this.prevalence !== null; }

  /** @param {{positives: number, negatives: number}} table @param {number|null} prevalence */
  take({ positives, negatives }, prevalence) {
    const usable = prevalence !== null && positives > 0 && negatives > 0;
    this.prevalence = usable ? prevalence : null;
    const total = positives + negatives;
    this.weights = usable
      ? { positive: (prevalence * total) / positives, negative: ((1 - prevalence) * total) / negatives }
      : { positive: 1, negative: 1 };
    this.base = usable ? Math.max(LEAST_BASE, 10 ** Math.ceil(Math.log10(LEAST_OF_A_CLASS / Math.min(prevalence, 1 - prevalence)) - 1e-9)) : NaN;
  }

  /** The counts there, of as many cases as the data have. @param {Confusion} c */
  at(c) {
    if (!this.on) return c;
    const { positive, negative } = this.weights;
    return { tn: c.tn * negative, fp: c.fp * negative, fn: c.fn * positive, tp: c.tp * positive };
  }

  /** The counts as they are told: as counted; elsewhere in whole cases of a round number. @param {Confusion} c as counted */
  told(c) {
    if (!this.on) return c;
    const there = this.at(c);
    // Each class adds up by itself, so that "17 of 50 are missed" stays the same 50 at every threshold.
    const of = (one, other) => partsOf([one, other], Math.round((this.base * (one + other)) / (there.tn + there.fp + there.fn + there.tp)));
    const [tp, fn] = of(there.tp, there.fn);
    const [fp, tn] = of(there.fp, there.tn);
    return { tn, fp, fn, tp };
  }

  /** @param {number} tp @param {number} fp as counted */
  precision(tp, fp) {
    const { positive, negative } = this.weights;
    return (tp * positive) / (tp * positive + fp * negative);
  }

  /** Move a point of the precision-recall curve there. @param {number} precision as counted */
  moved(precision) {
    if (!this.on || precision === 0) return precision;
    return 1 / (1 + (1 / precision - 1) * (this.weights.negative / this.weights.positive));
  }

  /**
   * The 95 % interval of a rate; the prevalence is taken as known.
   * @param {string} name @param {Confusion} c as counted @param {[number, number]} meanWeights
   * @returns {Interval}
   */
  interval(name, c, meanWeights) {
    if (!this.on || WITHIN_CLASS.includes(name)) return interval(name, c, meanWeights);
    if (OTHER_SIDE[name]) {
      const { low, high } = this.interval(OTHER_SIDE[name], c, meanWeights);
      return { low: 1 - high, high: 1 - low };
    }
    const [positive, negative] = meanWeights;
    const cases = { tn: c.tn / negative, fp: c.fp / negative, fn: c.fn / positive, tp: c.tp / positive };
    if (name === "precision" || name === "negative_predictive_value") return this.predictive(name, cases);
    if (name === "accuracy" || name === "predicted_positive_rate") return this.together(name, cases);
    return { low: NaN, high: NaN };
  }

  /** Delta method on the log of the likelihood ratio (Simel, Samsa & Matchar 1991). */
  predictive(name, c) {
    const estimate = rates(this.at(c))[name];
    if (Number.isNaN(estimate)) return { low: NaN, high: NaN };
    const left = c.tn === 0 || c.fn === 0 ? 0.5 : 0;
    const called = c.fp === 0 || c.tp === 0 ? 0.5 : 0;
    const { tn, fn, fp, tp } = { tn: c.tn + left, fn: c.fn + left, fp: c.fp + called, tp: c.tp + called };
    const [positives, negatives] = [tp + fn, tn + fp];
    const precise = name === "precision";
    const [own, other] = precise ? [tp, fp] : [tn, fn];
    const [ofOwn, ofOther] = precise ? [positives, negatives] : [negatives, positives];
    const odds = this.prevalence / (1 - this.prevalence);
    const centre = Math.log((own / ofOwn) / (other / ofOther)) + Math.log(precise ? odds : 1 / odds);
    const wide = Z_95 * Math.sqrt(1 / own - 1 / ofOwn + 1 / other - 1 / ofOther);
    const share = (logit) => 1 / (1 + Math.exp(-logit));
    return { low: Math.min(share(centre - wide), estimate), high: Math.max(share(centre + wide), estimate) };
  }

  /** Both classes' limits put together by their squared distances (Zou & Donner 2008). */
  together(name, c) {
    const share = this.prevalence;
    const right = name === "accuracy" ? c.tn : c.fp;
    const [positives, negatives] = [c.tp + c.fn, c.tn + c.fp];
    const [caught, other] = [wilson(c.tp, positives), wilson(right, negatives)];
    const [recall, rate] = [c.tp / positives, right / negatives];
    const value = share * recall + (1 - share) * rate;
    return {
      low: value - Math.hypot(share * (recall - caught.low), (1 - share) * (rate - other.low)),
      high: value + Math.hypot(share * (caught.high - recall), (1 - share) * (other.high - rate)),
    };
  }

  /** What stands over everything that it changes; empty as the data are. */
  get mark() {
    return this.on ? `Shown for prevalence ${formatPrevalence(this.prevalence)}` : "";
  }
}
