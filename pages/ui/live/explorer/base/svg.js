/** Small helpers for SVG, HTML and scales. */

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

/** A class's name in quotes, as text of its own. @param {string} name */
export function quoted(name) {
  return html("span", { class: "op-name" }, [`“${name}”`]);
}

/** What each element says, so that a frame writes only what has changed. */
const texts = new WeakMap();

/** A text in which no line ends between a number and its percent sign: what `plain` of pages/ui/phrases.py does. @param {string} text */
export function bound(text) {
  return text.replace(/(\d) (?=%)/g, "$1\u00a0");
}

/** Set an element's text, if it is another one. @param {Element} element @param {string} text */
export function setText(element, text) {
  if (texts.get(element) === text) return;
  texts.set(element, text);
  if (element.firstChild) element.firstChild.data = bound(text);
  else element.textContent = bound(text);
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

/** Hatching for cases that were called wrongly. @param {string} id @param {"negative"|"positive"} name */
export function hatch(id, name) {
  return svg("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, [
    svg("rect", { width: 6, height: 6, class: `op-fill-${name}-pale` }),
    svg("rect", { width: 1.6, height: 6, class: `op-fill-${name}`, opacity: 0.55 }),
  ]);
}
