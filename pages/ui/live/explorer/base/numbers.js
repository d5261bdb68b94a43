/** How numbers are written: the twin of evalcore/numbers.py, held to it by a test. */

const FIXED = Array.from({ length: 13 }, (_, digits) => digits).map((digits) => new Intl.NumberFormat("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits }));
const COMPACT = new Intl.NumberFormat("en-GB", { notation: "compact", maximumSignificantDigits: 3 });
const NUMBER = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 10 });
const UNDEFINED = "–";

/** A minus sign as wide as a plus sign. @param {string} text */
function typeset(text) {
  return text.replace("-", "−");
}

/** A number that is not negative; the middle goes up, as in Python. @param {number} value @param {number} digits */
function halfUp(value, digits) {
  const unit = 10 ** digits;
  return FIXED[digits].format(Math.floor(value * unit + 0.5) / unit);
}

/** A count of cases; weighted counts keep one decimal. @param {number} value */
export function formatCount(value) {
  if (Number.isNaN(value)) return UNDEFINED;
  const whole = Number.isInteger(value) || Math.abs(value) >= 1e5;
  return (value < 0 ? "−" : "") + halfUp(Math.abs(value), whole ? 0 : 1);
}

/** The percent without its sign: rounding turns neither "almost all" into "all" nor "some" into "none". */
function percent(value) {
  const size = Math.abs(value);
  const below = value < 0 ? "−" : "";
  if (size === 0 || size === 1) return `${below}${100 * size}`;
  const text = halfUp(100 * size, 1);
  if (text === "0.0") return value < 0 ? `>${below}0.1` : "<0.1";
  if (text === "100.0" && size < 1) return value < 0 ? `<${below}99.9` : ">99.9";
  return `${below}${text}`;
}

/** A share as percent with one decimal; 0 and 100 only where it is exact. @param {number} value */
export function formatShare(value) {
  return Number.isNaN(value) ? UNDEFINED : `${percent(value)} %`;
}

/** An interval of shares, with one sign for both ends. @param {number} low @param {number} high */
export function formatShareRange(low, high) {
  return Number.isNaN(low) || Number.isNaN(high) ? UNDEFINED : `${percent(low)} to ${percent(high)} %`;
}

/** A figure that is no share (a correlation, an area, a ratio). @param {number} value */
export function formatCoefficient(value) {
  if (Number.isNaN(value)) return UNDEFINED;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const text = halfUp(Math.abs(value), 3);
  return value < 0 && text !== "0.000" ? `−${text}` : text;
}

/** An amount in any currency: whole from 1,000 on, else with cents; small ones keep three digits. @param {number} value */
export function formatMoney(value) {
  if (!Number.isFinite(value)) return formatCoefficient(value);
  const size = Math.abs(value);
  const digits = size === 0 || size >= 1000 ? 0 : size >= 0.1 ? 2 : Math.min(2 - Math.floor(Math.log10(size)), 12);
  return (value < 0 ? "−" : "") + halfUp(size, digits);
}

/** A count where there is little room: an axis. @param {number} value */
export function formatBrief(value) {
  return value >= 1e5 ? COMPACT.format(value) : formatCount(value);
}

/** A threshold or score: as many digits as it has, at most ten. @param {number} value */
export function formatScore(value) {
  return typeset(NUMBER.format(value));
}

/** A difference with its sign. @param {number} value @param {(value: number) => string} format */
export function formatDifference(value, format) {
  if (Number.isNaN(value)) return "";
  if (value === 0) return "±0";
  return (value > 0 ? "+" : "−") + format(Math.abs(value));
}

/** A difference of two shares, in percentage points. @param {number} value */
export function formatPoints(value) {
  return `${percent(value)} points`;
}

/**
 * Parts of 1,000 in whole cases that add up, by largest remainders: the steps of `per_thousand` in evalcore.
 * @param {number[]} counts
 * @returns {number[]}
 */
export function perThousand(counts) {
  return partsOf(counts, 1000);
}

/** Whole parts of a whole number that add up, by largest remainders. @param {number[]} counts @param {number} all */
export function partsOf(counts, all) {
  const total = counts.reduce((sum, each) => sum + each, 0);
  if (!(total > 0)) return counts.map(() => 0);
  const exact = counts.map((each) => (all * each) / total);
  const whole = exact.map(Math.floor);
  const left = all - whole.reduce((sum, each) => sum + each, 0);
  // The sort is stable: of equal remainders the first one gets the case.
  const nearest = exact.map((_, i) => i).sort((a, b) => whole[a] - exact[a] - (whole[b] - exact[b]));
  for (const i of nearest.slice(0, left)) whole[i] += 1;
  return whole;
}

/** @typedef {Record<string, {one: string, many: string, technical: string}>} Words what the cases of each cell are called */

/** "687 false alarms". @param {Words} words @param {string} cell @param {number} count */
export function countedWords(words, cell, count) {
  return `${formatCount(count)} ${count === 1 ? words[cell].one : words[cell].many}`;
}
