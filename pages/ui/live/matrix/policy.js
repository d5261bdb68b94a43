/** How sure a decision must be: the figures, the slider and the risk-coverage curve, which follow one step. */
import { formatCount, formatScore, formatShare } from "../explorer/base/numbers.js";
import { html, linePath, niceTicks, setText, svg } from "../explorer/base/svg.js";
import { shortestBetween } from "../explorer/base/shortest.js";

const CURVE_HIGH = 210;
const EDGE = { left: 52, right: 14, top: 10, bottom: 40 };
/** What arrow keys and page keys move, as shares of all cases. */
const FINE_MOVE = 0.005;
const COARSE_MOVE = 0.05;
const KEYS = {
  ArrowRight: FINE_MOVE, ArrowUp: FINE_MOVE, ArrowLeft: -FINE_MOVE, ArrowDown: -FINE_MOVE,
  PageUp: COARSE_MOVE, PageDown: -COARSE_MOVE, Home: -2, End: 2,
};
const REST_MS = 250;

const TILES = {
  coverage: ["Decided", formatShare],
  accuracy: ["Right, of the decided", formatShare],
  f1: ["Macro F1 of the decided", formatShare],
  undecided: ["Undecided cases", formatCount],
  cost: ["Mean cost of a case", formatScore],
};

/**
 * @typedef {Object} Policy
 * @property {number|null} limit the least certainty, or the threshold of a class
 * @property {number} revision
 * @property {number|null} place the position of the class whose threshold moves
 * @property {string|null} name of this class
 * @property {string} certainty what "sure" means, in a word
 * @property {any} costs from `matrix_costs`
 */

/** The limit that a step stands for: null where nothing is held back. @param {import("./steps.js").StepTable} table */
export function limitOf(table, step) {
  if (step >= table.length - 1) return null;
  return step < 0
    ? shortestBetween(table.certainty[0], Infinity, table.float32)
    : shortestBetween(table.below[step], table.certainty[step], table.float32);
}

export class PolicyControls {
  /** @param {HTMLElement} host @param {(step: number) => void} onMove @param {() => void} onRest */
  constructor(host, onMove, onRest) {
    this.host = host;
    this.onMove = onMove;
    this.onRest = onRest;
    this.tiles = html("div", { class: "om-tiles" });
    this.said = html("p", { class: "om-said" });
    this.plot = html("div", { class: "om-curve" });
    this.lead = html("span", { class: "om-subtle" });
    this.range = /** @type {HTMLInputElement} */ (
      html("input", { type: "range", class: "om-range", min: "0", max: "1", step: "any" })
    );
    host.replaceChildren(
      this.tiles,
      html("div", { class: "om-curve-head" }, [
        html("span", { class: "om-title" }, ["Error of the decided cases"]),
        this.lead,
      ]),
      this.plot,
      this.range,
      this.said,
    );
    this.range.addEventListener("input", () => this.want(Number(this.range.value)));
    this.range.addEventListener("change", () => this.onRest());
    this.range.addEventListener("keydown", (event) => this.key(event));
    // What is pressed next must not overtake a move by keys that still rests.
    this.range.addEventListener("blur", () => { this.stop(); this.onRest(); });
    this.rest = 0;
  }

  /** @param {import("./steps.js").StepTable} table @param {Policy} policy */
  take(table, policy) {
    this.table = table;
    this.policy = policy;
    const { name } = policy;
    this.axis = name === null ? "Coverage: share of cases that are decided" : "Share of its best-scoring cases that are called so";
    setText(this.lead, name === null ? "Slide to the left: only the surest calls are decided"
      : `Slide to the left: only its highest scores are called “${name}”`);
    this.range.setAttribute("aria-label", name === null ? "Share of cases that are decided" : `Threshold of “${name}”`);
    this.every = name === null ? "all decided" : "no threshold";
    this.all = table.go(table.length - 1);
    this.range.disabled = table.length < 2;
    const names = Object.keys(TILES).filter((name) => name !== "cost" || table.costs);
    this.values = {};
    this.tiles.replaceChildren(
      ...names.map((name) => {
        const value = html("span", { class: "om-tile-value", "data-figure": name });
        this.values[name] = value;
        const every = TILES[name][1](this.figures(this.all)[name]);
        return html("div", { class: "om-tile" }, [
          html("span", { class: "om-tile-label" }, [TILES[name][0]]),
          value,
          html("span", { class: "om-tile-note" }, [`${this.every}: ${every}`]),
        ]);
      }),
    );
  }

  figures(found) {
    return { ...found, undecided: Math.max(found.total - found.decided, 0) };
  }

  /** Draw the curve, all but its point. */
  layout() {
    const width = this.plot.clientWidth;
    if (!width) return;
    const { reach, risk } = this.table;
    const [wide, high] = [width - EDGE.left - EDGE.right, CURVE_HIGH - EDGE.top - EDGE.bottom];
    const top = Math.max(...risk, 1e-6) * 1.05;
    this.toX = (value) => EDGE.left + value * wide;
    this.toY = (value) => EDGE.top + high - (Math.min(value, top) / top) * high;
    const across = niceTicks(0, 1, wide < 300 ? 3 : 6).map((tick) => svg("text", {
      x: this.toX(tick), y: CURVE_HIGH - 22, "text-anchor": "middle", class: "om-tick",
    }, [formatShare(tick)]));
    const up = niceTicks(0, top, 4).flatMap((tick) => [
      svg("line", { x1: EDGE.left, x2: EDGE.left + wide, y1: this.toY(tick), y2: this.toY(tick), class: "om-gridline" }),
      svg("text", { x: EDGE.left - 7, y: this.toY(tick) + 4, "text-anchor": "end", class: "om-tick" }, [formatShare(tick)]),
    ]);
    this.drop = svg("line", { class: "om-drop", y2: EDGE.top + high });
    this.point = svg("circle", { class: "om-point", r: 7 });
    const picture = svg("svg", { width, height: CURVE_HIGH, class: "om-svg", role: "img", "aria-label": "Risk-coverage curve" }, [
      ...up, ...across,
      svg("text", { x: EDGE.left + wide / 2, y: CURVE_HIGH - 5, "text-anchor": "middle", class: "om-tick" }, [this.axis]),
      svg("path", { d: linePath(reach, risk, this.toX, this.toY), class: "om-line" }),
      this.drop, this.point,
    ]);
    const follow = (event) => this.want((event.clientX - picture.getBoundingClientRect().left - EDGE.left) / wide);
    picture.addEventListener("pointerdown", (event) => {
      if (this.range.disabled) return;
      picture.setPointerCapture?.(event.pointerId);
      this.held = true;
      follow(event);
    });
    picture.addEventListener("pointermove", (event) => { if (this.held) follow(event); });
    const release = () => { if (this.held) { this.held = false; this.onRest(); } };
    picture.addEventListener("pointerup", release);
    picture.addEventListener("pointercancel", release);
    this.plot.replaceChildren(picture);
  }

  /** @param {number} coverage */
  want(coverage) {
    this.onMove(this.table.nearest(Math.min(Math.max(coverage, 0), 1)));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const move = KEYS[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const now = this.step;
    const step = this.table.nearest((now < 0 ? 0 : this.table.reach[now]) + move);
    // Where many cases are equally sure a small move would stay: go one step at least.
    const next = step === now ? now + Math.sign(move) : step;
    this.onMove(Math.min(Math.max(next, this.table.first), this.table.length - 1));
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.onRest(), REST_MS);
  }

  /** Everything that follows the step. @param {number} step @param {import("./steps.js").Figures} found */
  move(step, found) {
    this.step = step;
    const figures = this.figures(found);
    for (const [name, element] of Object.entries(this.values)) {
      setText(element, TILES[name][1](figures[name]));
      element.dataset.value = String(figures[name]);
    }
    const reach = step < 0 ? 0 : this.table.reach[step];
    const spoken = this.spoken(step);
    setText(this.said, spoken);
    this.range.value = String(reach);
    this.range.setAttribute("aria-valuetext", `${formatShare(found.coverage)} decided, ${formatShare(found.accuracy)} of them right. ${spoken}`);
    if (!this.point) return;
    const visible = found.decided > 0 ? "visible" : "hidden";
    this.point.setAttribute("visibility", visible);
    this.drop.setAttribute("visibility", visible);
    if (visible === "hidden") return;
    const [x, y] = [this.toX(reach), this.toY(1 - found.accuracy)];
    this.point.setAttribute("cx", String(x));
    this.point.setAttribute("cy", String(y));
    for (const [name, value] of [["x1", x], ["x2", x], ["y1", y]]) this.drop.setAttribute(name, String(value));
  }

  /** What the step means, in a sentence. @param {number} step */
  spoken(step) {
    const limit = limitOf(this.table, step);
    const { name, certainty } = this.policy;
    if (name !== null) {
      if (limit === null) return `“${name}” needs no threshold: it is called wherever its score is the best that stands.`;
      return step < 0 ? `“${name}” is never called.`
        : `“${name}” is called when its score is at least ${formatScore(limit)} and the best that stands.`;
    }
    if (step < 0) return "No case is so sure: nothing is decided.";
    return limit === null ? "Every case is decided that the rule decides."
      : `A case is decided when its ${certainty} is at least ${formatScore(limit)}.`;
  }

  stop() {
    clearTimeout(this.rest);
  }
}
