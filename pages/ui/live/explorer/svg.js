/** Small helpers for SVG, scales and numbers. */

const NAMESPACE = "http://www.w3.org/2000/svg";
let lastId = 0;

/** An id that no other element of the page has. @param {string} name */
export function uniqueId(name) {
  lastId += 1;
  return `op-${name}-${lastId}`;
}

/**
 * Create an SVG element. Texts are set as text, never as markup.
 * @param {string} tag
 * @param {Record<string, string|number>} [attributes]
 * @param {(Node|string)[]} [children]
 */
export function svg(tag, attributes = {}, children = []) {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * Create an HTML element.
 * @param {string} tag @param {Record<string, string>} [attributes] @param {(Node|string)[]} [children]
 */
export function html(tag, attributes = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** What each element says, so that a frame writes only what has changed. */
const texts = new WeakMap();

/** Set an element's text, if it is another one. @param {Element} element @param {string} text */
export function setText(element, text) {
  if (texts.get(element) === text) return;
  texts.set(element, text);
  if (element.firstChild) element.firstChild.data = text;
  else element.textContent = text;
}

/** The path of a line through points. @param {ArrayLike<number>} x @param {ArrayLike<number>} y */
export function linePath(x, y, toX, toY) {
  const parts = [];
  for (let i = 0; i < x.length; i += 1) {
    if (Number.isNaN(x[i]) || Number.isNaN(y[i])) continue;
    parts.push(`${parts.length ? "L" : "M"}${toX(x[i]).toFixed(2)} ${toY(y[i]).toFixed(2)}`);
  }
  return parts.join("");
}

/**
 * Round numbers for an axis, at most `count` of them.
 * @param {number} low @param {number} high @param {number} count
 */
export function niceTicks(low, high, count) {
  const raw = (high - low) / Math.max(count, 1);
  if (!(raw > 0) || !Number.isFinite(raw)) return [low];
  const power = 10 ** Math.floor(Math.log10(raw));
  const unit = [1, 2, 5, 10].find((each) => each * power >= raw) * power;
  const ticks = [];
  for (let i = Math.ceil(low / unit - 1e-9); i * unit <= high + unit * 1e-9; i += 1) {
    ticks.push(Number((i * unit).toPrecision(12)));
  }
  return ticks;
}

const COUNT = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const WEIGHTED = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
const COMPACT = new Intl.NumberFormat("en-GB", { notation: "compact", maximumSignificantDigits: 4 });
const NUMBER = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 10 });
const ONE = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const TWO = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const THREE = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 3, maximumFractionDigits: 3 });

/** A minus sign as wide as a plus sign. @param {string} text */
function typeset(text) {
  return text.replace("-", "−");
}

/** A count of cases; weighted counts keep one decimal. @param {number} value */
export function formatCount(value) {
  if (value >= 1e9) return COMPACT.format(value);
  return typeset((Number.isInteger(value) || value >= 1e5 ? COUNT : WEIGHTED).format(value));
}

/** A share as percent: two decimals near 0 and 100, where the second one matters. @param {number} value */
export function formatShare(value) {
  if (Number.isNaN(value)) return "–";
  const percent = 100 * value;
  const edge = percent !== 0 && percent !== 100 && (Math.abs(percent) < 1 || (percent > 99 && percent < 100));
  const text = (edge ? TWO : ONE).format(percent);
  // Rounding must not turn "almost all" into "all".
  if (edge && text === "100.00") return ">99.99 %";
  if (edge && Math.abs(percent) < 0.005) return percent > 0 ? "<0.01 %" : ">−0.01 %";
  return `${typeset(text)} %`;
}

/** A coefficient such as Matthews' correlation. @param {number} value */
export function formatCoefficient(value) {
  return Number.isFinite(value) ? typeset(THREE.format(value)) : Number.isNaN(value) ? "–" : "∞";
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
  return `${(Math.abs(value) < 0.01 ? TWO : ONE).format(100 * value)} points`;
}

/** Per 1,000 cases. @param {number} share */
export function formatPerThousand(share) {
  const value = 1000 * share;
  return value !== 0 && value < 10 ? ONE.format(value) : COUNT.format(value);
}
