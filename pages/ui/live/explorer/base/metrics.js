/**
 * The rates of one operating point and their 95 % intervals.
 *
 * The same formulas as `evalcore/metrics/rates/confusion.py` and `intervals.py`; a test holds both to
 * each other on one table. Undefined is NaN, never 0.
 */

/** @typedef {{tn: number, fp: number, fn: number, tp: number}} Confusion */
/** @typedef {{low: number, high: number}} Interval */

/** Two-sided 95 % point of the standard normal distribution. */
const Z95 = 1.959963984540054;

/** Division with the one policy for zero: undefined is NaN. @param {number} a @param {number} b */
function ratio(a, b) {
  return b === 0 ? NaN : a / b;
}

/** Matthews correlation; roots one by one, as the product of four counts can overflow. @param {Confusion} c */
function matthews({ tn, fp, fn, tp }) {
  const root = Math.sqrt(tp + fp) * Math.sqrt(tp + fn) * Math.sqrt(tn + fp) * Math.sqrt(tn + fn);
  return ratio(tp * tn - fp * fn, root);
}

/**
 * Every rate that a tile can show.
 * @param {Confusion} c
 * @returns {Record<string, number>}
 */
export function rates({ tn, fp, fn, tp }) {
  const total = tn + fp + fn + tp;
  const recall = ratio(tp, tp + fn);
  const specificity = ratio(tn, tn + fp);
  const precision = ratio(tp, tp + fp);
  const npv = ratio(tn, tn + fn);
  const observed = ratio(tp + tn, total);
  const expected = ((tp + fp) * (tp + fn) + (tn + fn) * (tn + fp)) / (total * total);
  const lrPlus = ratio(recall, ratio(fp, fp + tn));
  const lrMinus = ratio(ratio(fn, tp + fn), specificity);
  return {
    accuracy: observed,
    balanced_accuracy: (recall + specificity) / 2,
    precision,
    recall,
    specificity,
    false_positive_rate: ratio(fp, fp + tn),
    false_negative_rate: ratio(fn, fn + tp),
    negative_predictive_value: npv,
    false_discovery_rate: ratio(fp, tp + fp),
    false_omission_rate: ratio(fn, tn + fn),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
    matthews_corrcoef: matthews({ tn, fp, fn, tp }),
    cohen_kappa: ratio(observed - expected, 1 - expected),
    youden_j: recall + specificity - 1,
    g_mean: Math.sqrt(recall * specificity),
    threat_score: ratio(tp, tp + fn + fp),
    prevalence: ratio(tp + fn, total),
    predicted_positive_rate: ratio(tp + fp, total),
    positive_likelihood_ratio: lrPlus,
    negative_likelihood_ratio: lrMinus,
    diagnostic_odds_ratio: ratio(tp * tn, fp * fn),
  };
}

/**
 * Wilson's score interval of a proportion (Wilson 1927).
 * @param {number} successes @param {number} total @param {number} [z] the normal distribution's two-sided point
 * @returns {Interval}
 */
export function wilson(successes, total, z = Z95) {
  if (!(total > 0)) return { low: NaN, high: NaN };
  const z2 = z * z;
  const p = successes / total;
  const centre = (p + z2 / (2 * total)) / (1 + z2 / total);
  const half = (z / (1 + z2 / total)) * Math.sqrt((p * (1 - p)) / total + z2 / (4 * total * total));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === total ? 1 : Math.min(1, centre + half),
  };
}

/** Square-and-add limits of a sum of two independent rates (Zou & Donner 2008). */
function sumInterval(a, b, intervalA, intervalB) {
  return {
    low: a + b - Math.hypot(a - intervalA.low, b - intervalB.low),
    high: a + b + Math.hypot(intervalA.high - a, intervalB.high - b),
  };
}

/**
 * Matthews correlation: multinomial delta method on Fisher's z; where a count is 0, a half is added to each.
 * @param {Confusion} counts
 */
function matthewsInterval(counts, z) {
  const estimate = matthews(counts);
  const half = Object.values(counts).includes(0) ? 0.5 : 0;
  const c = { tn: counts.tn + half, fp: counts.fp + half, fn: counts.fn + half, tp: counts.tp + half };
  const total = c.tn + c.fp + c.fn + c.tp;
  const skew = (share) => (2 * share - 1) / Math.sqrt(share * (1 - share));
  const actual = skew((c.tp + c.fn) / total);
  const called = skew((c.tp + c.fp) / total);
  const phi = matthews(c);
  const variance =
    (1 - phi ** 2 + (phi + phi ** 3 / 2) * actual * called - 0.75 * phi ** 2 * (actual ** 2 + called ** 2)) / total;
  const wide = (z * Math.sqrt(Math.max(variance, 0))) / (1 - phi ** 2);
  // The added halves pull inwards; the limits still go around what was observed.
  return {
    low: Math.min(Math.tanh(Math.atanh(phi) - wide), estimate),
    high: Math.max(Math.tanh(Math.atanh(phi) + wide), estimate),
  };
}

/** Which counts a plain rate is made of: [successes, total]. */
const PROPORTIONS = {
  accuracy: (c) => [c.tp + c.tn, c.tp + c.tn + c.fp + c.fn],
  precision: (c) => [c.tp, c.tp + c.fp],
  recall: (c) => [c.tp, c.tp + c.fn],
  specificity: (c) => [c.tn, c.tn + c.fp],
  false_positive_rate: (c) => [c.fp, c.fp + c.tn],
  false_negative_rate: (c) => [c.fn, c.fn + c.tp],
  negative_predictive_value: (c) => [c.tn, c.tn + c.fn],
  false_discovery_rate: (c) => [c.fp, c.tp + c.fp],
  false_omission_rate: (c) => [c.fn, c.tn + c.fn],
  threat_score: (c) => [c.tp, c.tp + c.fp + c.fn],
  prevalence: (c) => [c.tp + c.fn, c.tp + c.tn + c.fp + c.fn],
  predicted_positive_rate: (c) => [c.tp + c.fp, c.tp + c.tn + c.fp + c.fn],
};

/**
 * The counts that a plain rate divides; null for a rate that is not a simple share.
 * @param {string} name @param {Confusion} c
 * @returns {[number, number] | null}
 */
export function proportion(name, c) {
  return PROPORTIONS[name] ? PROPORTIONS[name](c) : null;
}

/**
 * The 95 % interval of one rate.
 * @param {string} name
 * @param {Confusion} confusion
 * @param {[number, number]} meanWeights sum of squared weights by sum of weights, of positives and negatives (1 without)
 * @param {number} [z] the normal distribution's two-sided point: 95 % unless told
 * @returns {Interval} NaN where the rate is undefined or no interval is known
 */
export function interval(name, confusion, meanWeights, z = Z95) {
  const c = confusion;
  const [positive, negative] = meanWeights;
  const squares = { tn: c.tn * negative, fp: c.fp * negative, fn: c.fn * positive, tp: c.tp * positive };
  // Each rate is worth Kish's number of the cases of its own denominator.
  const share = (part, of) => {
    const worth = ratio(of(c), of(squares)) || 0;
    return wilson(part(c) * worth, of(c) * worth, z);
  };
  if (PROPORTIONS[name]) return share((cells) => proportion(name, cells)[0], (cells) => proportion(name, cells)[1]);
  if (name === "f1") {
    // F1 is a growing function of TP / (TP + FP + FN), which is a plain share (Hand et al. 2021).
    const star = share((cells) => cells.tp, (cells) => cells.tp + cells.fp + cells.fn);
    return { low: (2 * star.low) / (1 + star.low), high: (2 * star.high) / (1 + star.high) };
  }
  if (name === "balanced_accuracy" || name === "youden_j") {
    const recall = ratio(c.tp, c.tp + c.fn);
    const specificity = ratio(c.tn, c.tn + c.fp);
    const caught = share((cells) => cells.tp, (cells) => cells.tp + cells.fn);
    const spared = share((cells) => cells.tn, (cells) => cells.tn + cells.fp);
    const sum = sumInterval(recall, specificity, caught, spared);
    return name === "youden_j"
      ? { low: sum.low - 1, high: sum.high - 1 }
      : { low: sum.low / 2, high: sum.high / 2 };
  }
  if (name === "matthews_corrcoef") {
    const all = (cells) => cells.tn + cells.fp + cells.fn + cells.tp;
    const worth = ratio(all(c), all(squares));
    return matthewsInterval({ tn: c.tn * worth, fp: c.fp * worth, fn: c.fn * worth, tp: c.tp * worth }, z);
  }
  return { low: NaN, high: NaN };
}
