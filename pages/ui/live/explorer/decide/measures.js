/** What a goal speaks of, at one threshold: the twin of the terms and constraints of evalcore/metrics/goals. */
import { interval, rates } from "../base/metrics.js";
import { formatBrief, formatCoefficient, formatCount, formatPoints, formatShare } from "../base/numbers.js";

/** @typedef {import("../base/metrics.js").Confusion} Confusion */
/**
 * @typedef {Object} Term
 * @property {string} name @property {string} label @property {"rate"|"count"|"value"} kind
 * @property {boolean} share whether it lies between 0 and 1 @property {number|null} parameter
 */
/**
 * @typedef {Term & {sign: string, value: number, of_all: boolean, per: number|null, said: string, z: number|null, weights: [number, number]}} Constraint
 */
/** @typedef {{fp: number, fn: number, tp: number, tn: number}} Costs */

/** Values that differ by less are equal: only rounding tells them apart. */
const ROUNDING = 1e-12;

/** @param {Term} term @param {Confusion} c @param {Costs} costs @returns {number} NaN where it is undefined */
export function measureOf({ name, parameter }, c, costs) {
  const { tn, fp, fn, tp } = c;
  switch (name) {
    case "cost": return costs.fp * fp + costs.fn * fn + costs.tp * tp + costs.tn * tn;
    case "net_benefit": {
      const chance = parameter ?? 0.5;
      return (tp - fp * (chance / (1 - chance))) / (tn + fp + fn + tp);
    }
    case "fbeta": {
      const square = (parameter ?? 1) ** 2;
      const whole = (1 + square) * tp + square * fn + fp;
      return whole === 0 ? NaN : ((1 + square) * tp) / whole;
    }
    case "predicted_positives": return tp + fp;
    case "predicted_negatives": return tn + fn;
    case "tp": case "fp": case "fn": case "tn": return c[name];
    default: return rates(c)[name];
  }
}

/** What is compared with the limit. @param {Constraint} each @param {Confusion} c @param {Costs} costs */
export function constrained(each, c, costs) {
  if (each.z !== null) {
    const name = each.name === "predicted_positives" ? "predicted_positive_rate" : each.name;
    const band = interval(name, c, each.weights, each.z);
    return each.sign[0] === ">" ? band.low : band.high;
  }
  const found = measureOf(each, c, costs);
  return each.of_all ? found / (c.tn + c.fp + c.fn + c.tp) : found;
}

/** By how much a limit is missed: above 0 where it is. NaN of an undefined measure; 0 for "=". */
export function shortfall({ sign, value }, found) {
  if (sign === "=") return 0;
  return sign[0] === ">" ? value - found : found - value;
}

/** Whether a limit is kept. @param {Constraint} each @param {number} found */
export function keeps(each, found) {
  const slack = ROUNDING * Math.max(1, Math.abs(each.value)) * (each.sign.length === 1 ? -1 : 1);
  return shortfall(each, found) <= slack;
}

/** Write a value of a term as the page does. @param {Term & {of_all?: boolean, per?: number|null}} term */
export function spell(term, value) {
  if (Number.isNaN(value)) return "not defined";
  if (term.per) return `${formatCount(Math.round(10 * value * term.per) / 10)} per ${formatBrief(term.per)}`;
  if (term.share || term.of_all) return formatShare(value);
  return term.kind === "count" ? formatCount(value) : formatCoefficient(value);
}

/** Write a distance between two values of a term. */
export function spellGap(term, gap) {
  return (term.share || term.of_all) && !term.per ? formatPoints(gap) : spell(term, gap);
}
