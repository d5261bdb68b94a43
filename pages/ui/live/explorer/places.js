/** Where the explorer stands in the window: how tall its rows may be, and scrolling to what belongs together. */

const GAP = 10;
/** Pictures are not drawn lower than this, nor higher. */
const LEAST_ROW = 188;
const MOST_ROW = 390;
/** The histogram and the matrix need a little more than the curves. */
const FIRST_SHARE = 0.52;

/** What scrolls an element, also out of a shadow tree. @param {Element} element */
export function scrollerOf(element) {
  let node = element.parentNode;
  while (node) {
    if (node instanceof ShadowRoot) node = node.host;
    if (node instanceof Element && /auto|scroll/.test(getComputedStyle(node).overflowY) && node.scrollHeight > node.clientHeight) return node;
    node = node.parentNode;
  }
  return document.scrollingElement ?? document.documentElement;
}

/**
 * How tall each of two rows may be so that both are seen at once.
 * @param {Element} grid @param {number} header pixels of the window that are always covered
 * @returns {[number, number]}
 */
export function rowHeights(grid, header) {
  const top = gridTop(grid);
  // Where much stands above, the rows fill the window that they are scrolled to.
  const from = top > 0.55 * window.innerHeight ? header + GAP : top;
  const room = window.innerHeight - from - 2 * GAP;
  const row = (share) => Math.round(Math.min(Math.max(share * room, LEAST_ROW), MOST_ROW));
  return [row(FIRST_SHARE), row(1 - FIRST_SHARE)];
}

/** An element's distance from the window's top while the page is not scrolled. @param {Element} grid */
export function gridTop(grid) {
  return grid.getBoundingClientRect().top + scrollerOf(grid).scrollTop;
}

/** Bring a height of the page under the header. @param {Element} element @param {"top"|"bottom"} edge @param {number} header */
export function scrollToEdge(element, edge, header) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const scroller = scrollerOf(element);
  const by = element.getBoundingClientRect()[edge] - header - GAP;
  scroller.scrollBy({ top: by, behavior: calm ? "auto" : "smooth" });
}
