/** A curve in the unit square (ROC, precision-recall) whose operating point is dragged along it. */
import { linePath, setText, svg } from "./base/svg.js";

const CURVE_MARGIN = { top: 8, right: 19, bottom: 36, left: 54 };
/** Below this width the axes say their names alone, and every second number. */
const ROOMY = 330;

/**
 * @typedef {Object} CurveData
 * @property {ArrayLike<number>} x one value a row of the table; NaN where undefined
 * @property {ArrayLike<number>} y
 * @property {{x: number[], y: number[]}|null} path finer vertices to draw, where the rows are not enough
 * @property {[number, number, number, number]} reference the straight line to compare with
 * @property {string} referenceLabel
 * @property {[string, string]} xTitle the axis's name, and what it means where there is room
 * @property {[string, string]} yTitle
 */

export class Curve {
  /**
   * @param {HTMLElement} host
   * @param {string} label name of the handle for screen readers
   * @param {{onRow: (row: number) => void, onRelease: () => void, onKey: (event: KeyboardEvent) => void, onHover: (row: number|null, x: number, y: number) => void}} events
   */
  constructor(host, label, events) {
    this.host = host;
    this.events = events;
    this.svg = svg("svg", { class: "op-svg op-svg-curve", role: "group", "aria-label": label });
    this.handle = svg("circle", { r: 8, class: "op-point", tabindex: 0, role: "slider", "aria-label": label, "aria-valuemin": 0, "aria-valuemax": 1 });
    host.replaceChildren(this.svg);
    /** What others draw behind the curve, and over it. */
    this.underlay = svg("g");
    this.overlay = svg("g");
    this.line = svg("path", { class: "op-line" });
    this.reference = svg("line", { class: "op-reference" });
    this.referenceText = svg("text", { class: "op-reference-label" });
    this.dragging = false;
    this.svg.addEventListener("pointerdown", (event) => this.press(event));
    this.svg.addEventListener("pointermove", (event) => this.pointer(event));
    this.svg.addEventListener("pointerup", () => this.release());
    this.svg.addEventListener("pointercancel", () => this.release());
    this.svg.addEventListener("pointerleave", () => this.unhover());
    this.handle.addEventListener("keydown", (event) => this.events.onKey(event));
  }

  /** @param {CurveData} data */
  draw(data, width, height) {
    this.data = data;
    this.left = CURVE_MARGIN.left;
    this.right = width - CURVE_MARGIN.right;
    this.top = CURVE_MARGIN.top;
    this.bottom = height - CURVE_MARGIN.bottom;
    const toX = (x) => this.toX(x);
    const toY = (y) => this.toY(y);
    const ticks = width < ROOMY || height < ROOMY ? [0, 0.5, 1] : [0, 0.2, 0.4, 0.6, 0.8, 1];
    const title = ([name, meaning], room) => (room < ROOMY ? name : `${name}: ${meaning}`);
    const grid = ticks.flatMap((tick) => [
      svg("line", { x1: toX(tick), x2: toX(tick), y1: this.top, y2: this.bottom, class: "op-gridline" }),
      svg("line", { x1: this.left, x2: this.right, y1: toY(tick), y2: toY(tick), class: "op-gridline" }),
      svg("text", { x: toX(tick), y: this.bottom + 14, class: "op-tick-label", "text-anchor": "middle" }, [`${100 * tick} %`]),
      svg("text", { x: this.left - 6, y: toY(tick) + 4, class: "op-tick-label", "text-anchor": "end" }, [`${100 * tick} %`]),
    ]);
    this.guide = svg("circle", { r: 5, class: "op-guide", visibility: "hidden" });
    this.pinned = svg("circle", { r: 7, class: "op-pinned", visibility: "hidden" });
    this.drop = svg("path", { class: "op-drop" });
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("width", String(width));
    this.svg.setAttribute("height", String(height));
    this.svg.replaceChildren(
      ...grid,
      this.underlay,
      this.reference,
      svg("text", { x: (this.left + this.right) / 2, y: height - 6, class: "op-axis-title", "text-anchor": "middle" }, [title(data.xTitle, width)]),
      svg("text", { transform: `translate(11 ${(this.top + this.bottom) / 2}) rotate(-90)`, class: "op-axis-title", "text-anchor": "middle" }, [title(data.yTitle, height)]),
      this.line,
      this.drop, this.referenceText, this.overlay, this.guide, this.pinned, this.handle,
    );
    this.redraw(data);
  }

  /** The curve and its reference anew, in the same frame. @param {Partial<CurveData>} data */
  redraw(data) {
    this.data = { ...this.data, ...data };
    const [x1, y1, x2, y2] = this.data.reference;
    const vertices = this.data.path ?? this.data;
    this.line.setAttribute("d", linePath(vertices.x, vertices.y, (x) => this.toX(x), (y) => this.toY(y)));
    const place = { x1: this.toX(x1), y1: this.toY(y1), x2: this.toX(x2), y2: this.toY(y2) };
    for (const [name, value] of Object.entries(place)) this.reference.setAttribute(name, value.toFixed(2));
    // The note sits beyond the line's middle, on the side where the curve is not.
    const flat = y1 === y2;
    this.referenceText.setAttribute("x", String(flat ? this.left + 6 : this.toX(0.56)));
    this.referenceText.setAttribute("y", String(flat ? this.toY(y1) + (y1 < 0.12 ? -5 : 14) : this.toY(0.51)));
    setText(this.referenceText, this.data.referenceLabel);
  }

  toX(x) { return this.left + x * (this.right - this.left); }
  toY(y) { return this.bottom - y * (this.bottom - this.top); }

  /** @param {number} x @param {number} y @param {string} text what a screen reader says of the point */
  move(x, y, text) {
    const defined = !(Number.isNaN(x) || Number.isNaN(y));
    // Where a rate is not defined (nothing is called) the handle stays, hollow: hidden, it would lose the keyboard.
    this.handle.classList.toggle("op-point-undefined", !defined);
    this.drop.setAttribute("visibility", defined ? "visible" : "hidden");
    this.handle.setAttribute("aria-valuetext", text);
    this.handle.setAttribute("aria-valuenow", (Number.isNaN(x) ? 0 : x).toFixed(3));
    const px = this.toX(Number.isNaN(x) ? 0 : x);
    const py = this.toY(Number.isNaN(y) ? 1 : y);
    this.handle.setAttribute("cx", String(px));
    this.handle.setAttribute("cy", String(py));
    this.drop.setAttribute("d", `M${this.left} ${py}H${px}V${this.bottom}`);
  }

  /** @param {number} x @param {number} y NaN: no point is pinned */
  pin(x, y) {
    const defined = !(Number.isNaN(x) || Number.isNaN(y));
    this.pinned.setAttribute("visibility", defined ? "visible" : "hidden");
    if (!defined) return;
    this.pinned.setAttribute("cx", String(this.toX(x)));
    this.pinned.setAttribute("cy", String(this.toY(y)));
  }

  /** The row whose point is nearest to a pixel. */
  nearestRow(px, py) {
    const { x, y } = this.data;
    let best = 0;
    let distance = Infinity;
    for (let i = 0; i < x.length; i += 1) {
      const dx = this.toX(x[i]) - px;
      const dy = this.toY(y[i]) - py;
      const d = dx * dx + dy * dy;
      if (d < distance) { distance = d; best = i; }
    }
    return best;
  }

  press(event) {
    if (event.button) return;
    const [px, py] = this.pixel(event);
    // A finger that scrolls the page over the picture must not move the point: it has to start near it.
    if (event.pointerType === "touch" && event.target !== this.handle) return;
    this.dragging = true;
    this.svg.setPointerCapture(event.pointerId);
    this.unhover();
    this.events.onRow(this.nearestRow(px, py));
    this.handle.focus({ preventScroll: true });
    event.preventDefault();
  }

  pointer(event) {
    const [px, py] = this.pixel(event);
    const row = this.nearestRow(px, py);
    if (this.dragging) { this.events.onRow(row); return; }
    if (event.pointerType === "touch") return;
    this.guide.setAttribute("visibility", "visible");
    this.guide.setAttribute("cx", String(this.toX(this.data.x[row])));
    this.guide.setAttribute("cy", String(this.toY(this.data.y[row])));
    this.events.onHover(row, px, py);
  }

  unhover() {
    this.guide?.setAttribute("visibility", "hidden");
    this.events.onHover(null, 0, 0);
  }

  release() {
    if (!this.dragging) return;
    this.dragging = false;
    this.events.onRelease();
  }

  pixel(event) {
    const box = this.svg.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }
}
