/**
 * The score histogram: negatives above the axis, positives below, the threshold as a line between
 * "left alone" (left) and "called" (right). Its four fields lie as the cells of the confusion matrix do.
 */
import { Brush } from "./brush.js";
import { barHeights } from "./heights.js";
import { countedWords, formatCount, formatScore } from "./base/numbers.js";
import { hatch, niceTicks, setText, svg, uniqueId } from "./base/svg.js";

/** @typedef {{edges: number[], positives: number[], negatives: number[], discrete?: boolean}} HistogramData */

/** Over the bars stand the threshold's number and two fields' counts, under them two more and the axis. */
const HISTOGRAM_MARGIN = { top: 38, right: 9, bottom: 40, left: 12 };
const BAR_GAP = 1;
const DIGIT_PIXELS = 6.4;
/** A finger has decided for a direction after so many pixels. */
const FINGER_PIXELS = 7;
const CELLS_OF_FIELDS = ["tn", "fp", "fn", "tp"];

/** The scale that this visitor chose last: it stays while the page lives, on every evaluation. */
let lastScale = "one";

export class Histogram {
  /**
   * @param {HTMLElement} host
   * @param {{onGrab: () => void, onDrop: () => void, onMove: (threshold: number) => void, onRelease: () => void, onHover: (text: string|null, x: number, y: number) => void,
   *   onRange: {onWant: (range: import("./range.js").ScoreRange|null) => void, onRelease: () => void, onCancel: () => void}}} events
   */
  constructor(host, events) {
    this.host = host;
    this.events = events;
    /** Whether a plain drag marks a range in place of moving the threshold. */
    this.selecting = false;
    /** Where a finger went down that has not decided yet between moving the threshold and scrolling the page. */
    this.finger = null;
    this.brush = new Brush(events.onRange);
    this.svg = svg("svg", { class: "op-svg", "aria-hidden": "true" });
    host.prepend(this.svg);
    /** What others draw behind the bars, and over them. */
    this.underlay = svg("g");
    this.overlay = svg("g");
    this.dragging = false;
    /** Others may take a press for a line of their own. @type {(x: number) => {move: (score: number) => void, release: () => void, cancel: () => void}|null} */
    this.claim = () => null;
    this.taken = null;
    this.svg.addEventListener("pointerdown", (event) => this.press(event));
    this.svg.addEventListener("pointermove", (event) => this.hover(event));
    this.svg.addEventListener("pointerup", (event) => this.release(event));
    this.svg.addEventListener("pointercancel", (event) => this.release(event));
    this.svg.addEventListener("pointerleave", () => this.events.onHover(null, 0, 0));
  }

  /** @returns {import("./heights.js").ScaleName} */
  get scale() { return lastScale; }
  set scale(name) { lastScale = name; }

  /**
   * Draw everything that does not move.
   * @param {HistogramData} data @param {{positive: string, negative: string}} names
   * @param {import("./base/numbers.js").Words} words
   * @param {number} lanes pixels under the axis that are left to others
   */
  draw(data, names, words, width, height, lanes = 0) {
    this.data = data;
    this.names = names;
    this.words = words;
    this.width = width;
    this.height = height;
    this.low = data.edges[0];
    this.high = data.edges[data.edges.length - 1];
    const top = HISTOGRAM_MARGIN.top;
    const bottom = height - HISTOGRAM_MARGIN.bottom - lanes;
    this.lanes = lanes;
    this.plotTop = top;
    this.plotBottom = bottom;
    const { above, sides } = barHeights(this.scale, Math.max(...data.negatives), Math.max(...data.positives), bottom - top);
    const texts = sides.flatMap((side) => side.ticks.map((tick) => tick.text.length));
    this.left = HISTOGRAM_MARGIN.left + DIGIT_PIXELS * Math.max(...texts, 1);
    this.right = width - HISTOGRAM_MARGIN.right;
    this.middle = top + above;

    const ids = { passed: uniqueId("passed"), flagged: uniqueId("flagged"), hatch: [uniqueId("h"), uniqueId("h")] };
    const clip = (id) => svg("clipPath", { id }, [svg("rect", { x: 0, y: 0, width: 0, height })]);
    const clips = [clip(ids.passed), clip(ids.flagged)];
    const hatches = ["negative", "positive"].map((name, i) => hatch(ids.hatch[i], name));
    const bars = [this.bars(data.negatives, (count) => -sides[0].tall(count)), this.bars(data.positives, sides[1].tall)];
    const side = (name, i, rightIsWhenFlagged) => [
      svg("path", { d: bars[i], class: `op-fill-${name}`, "clip-path": `url(#${rightIsWhenFlagged ? ids.flagged : ids.passed})` }),
      svg("path", { d: bars[i], fill: `url(#${ids.hatch[i]})`, "clip-path": `url(#${rightIsWhenFlagged ? ids.passed : ids.flagged})` }),
    ];
    this.passed = clips[0].firstChild;
    this.flagged = clips[1].firstChild;
    this.quadrants = Object.fromEntries(
      [["tn", "start", top - 9], ["fp", "end", top - 9], ["fn", "start", bottom + 15], ["tp", "end", bottom + 15]].map(
        ([cell, anchor, y]) => [cell, svg("text", { y, class: "op-quadrant", "data-field": cell, "text-anchor": anchor, x: anchor === "start" ? this.left + 2 : this.right - 2 })],
      ),
    );
    // The line stays between the rows of words, so that it never crosses one.
    this.pinnedLine = svg("line", { class: "op-pinned-line", y1: top - 2, y2: bottom - 1, visibility: "hidden" });
    this.line = svg("g", { class: "op-cut" }, [
      svg("line", { y1: top - 2, y2: bottom - 1, class: "op-cut-line" }),
      svg("circle", { cy: this.middle, r: 9, class: "op-grip" }),
      svg("path", { d: `M-3 ${this.middle - 3}L-6 ${this.middle}L-3 ${this.middle + 3}M3 ${this.middle - 3}L6 ${this.middle}L3 ${this.middle + 3}`, class: "op-grip-arrows" }),
    ]);
    this.brush.place({
      left: this.left, right: this.right, top, middle: this.middle, bottom, toX: (score) => this.toX(score), toScore: (x) => this.toScore(x),
    });
    this.label = svg("text", { class: "op-cut-label", y: 12, "text-anchor": "middle" });
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("width", String(width));
    this.svg.setAttribute("height", String(height));
    this.svg.replaceChildren(
      svg("defs", {}, [...clips, ...hatches]),
      this.underlay,
      ...this.heightAxis(sides[0].ticks, -1),
      ...this.heightAxis(sides[1].ticks, 1),
      ...side("negative", 0, false),
      ...side("positive", 1, true),
      svg("line", { x1: this.left, x2: this.right, y1: this.middle, y2: this.middle, class: "op-axis" }),
      ...this.axis(height - lanes - 18),
      this.brush.mark,
      this.overlay,
      this.pinnedLine,
      this.line,
      ...Object.values(this.quadrants),
      this.label,
    );
  }

  /** One path for all bars of a class. @param {number[]} counts @param {(count: number) => number} tallOf pixels, negative: upwards */
  bars(counts, tallOf) {
    const { edges } = this.data;
    const parts = [];
    for (let i = 0; i < counts.length; i += 1) {
      if (counts[i] <= 0) continue;
      const x = this.toX(edges[i]);
      const wide = Math.max(this.toX(edges[i + 1]) - x - BAR_GAP, 0.8);
      // A bar that holds anything is seen, even one case among a million.
      const wanted = tallOf(counts[i]);
      const tall = Math.sign(wanted) * Math.max(Math.abs(wanted), 1.2);
      parts.push(`M${x.toFixed(2)} ${this.middle}v${tall.toFixed(2)}h${wide.toFixed(2)}v${(-tall).toFixed(2)}z`);
    }
    return parts.join("");
  }

  /** Numbers of cases beside the bars. @param {{tall: number, text: string}[]} ticks @param {number} direction -1: upwards */
  heightAxis(ticks, direction) {
    return ticks.flatMap(({ tall, text }) => {
      const y = this.middle + direction * tall;
      return [
        svg("line", { x1: this.left, x2: this.right, y1: y, y2: y, class: "op-gridline" }),
        svg("text", { x: this.left - 5, y: y + 4, class: "op-tick-label", "text-anchor": "end" }, [text]),
      ];
    });
  }

  axis(bottom) {
    return niceTicks(this.low, this.high, Math.max(2, Math.floor(this.width / 90))).flatMap((tick) => {
      const x = this.toX(tick);
      const anchor = x < this.left + 14 ? "start" : x > this.right - 14 ? "end" : "middle";
      return [
        svg("line", { x1: x, x2: x, y1: bottom, y2: bottom + 4, class: "op-tick" }),
        svg("text", { x, y: bottom + 14, class: "op-tick-label", "text-anchor": anchor }, [formatScore(tick)]),
      ];
    });
  }

  toX(score) {
    const share = (Math.min(Math.max(score, this.low), this.high) - this.low) / (this.high - this.low);
    return this.left + share * (this.right - this.left);
  }

  toScore(x) {
    return this.low + ((x - this.left) / (this.right - this.left)) * (this.high - this.low);
  }

  /** @param {number} threshold @param {import("./base/metrics.js").Confusion} counts @param {string} text */
  move(threshold, counts, text) {
    const x = this.toX(threshold);
    /** Where the threshold's line stands. */
    this.cut = x;
    this.passed.setAttribute("width", String(x));
    this.flagged.setAttribute("x", String(x));
    this.flagged.setAttribute("width", String(Math.max(this.width - x, 0)));
    this.line.setAttribute("transform", `translate(${x})`);
    const half = (DIGIT_PIXELS / 2) * (text.length + 2);
    this.label.setAttribute("x", String(Math.min(Math.max(x, half), this.width - half)));
    setText(this.label, text);
    for (const cell of CELLS_OF_FIELDS) setText(this.quadrants[cell], countedWords(this.words, cell, counts[cell]));
  }

  /** @param {number|null} threshold */
  pin(threshold) {
    this.pinnedLine.setAttribute("visibility", threshold === null ? "hidden" : "visible");
    if (threshold === null) return;
    this.pinnedLine.setAttribute("x1", String(this.toX(threshold)));
    this.pinnedLine.setAttribute("x2", String(this.toX(threshold)));
  }

  press(event) {
    if (event.button) return;
    this.events.onHover(null, 0, 0);
    if (event.shiftKey || this.selecting) {
      this.svg.setPointerCapture(event.pointerId);
      event.preventDefault();
      this.brush.press(this.pointerX(event), this.pointerY(event));
    } else if (event.pointerType === "touch") {
      this.finger = { x: event.clientX, y: event.clientY };
    } else {
      event.preventDefault();
      this.grab(event);
    }
  }

  grab(event) {
    this.dragging = true;
    this.svg.setPointerCapture(event.pointerId);
    this.taken = this.claim(this.finger ? this.finger.x - this.svg.getBoundingClientRect().left : this.pointerX(event));
    this.finger = null;
    if (this.taken) return;
    this.events.onGrab();
    this.events.onMove(this.toScore(this.pointerX(event)));
  }

  /** A finger that goes up or down scrolls the page; one that goes along the axis moves the threshold. */
  decide(event) {
    const along = Math.abs(event.clientX - this.finger.x);
    const across = Math.abs(event.clientY - this.finger.y);
    if (Math.max(along, across) < FINGER_PIXELS) return;
    if (along > across) this.grab(event);
    else this.finger = null;
  }

  release(event) {
    const finished = event.type === "pointerup";
    if (this.brush.pressed) {
      this.brush.release(finished);
      return;
    }
    // A tap: the finger went up where it went down.
    if (this.finger && finished) this.grab(event);
    this.finger = null;
    if (!this.dragging) return;
    this.dragging = false;
    if (this.taken) {
      if (finished) this.taken.release();
      else this.taken.cancel();
      return;
    }
    if (!finished) {
      this.events.onDrop();
      return;
    }
    this.events.onMove(this.toScore(this.pointerX(event)));
    this.events.onRelease();
  }

  hover(event) {
    const x = this.pointerX(event);
    if (this.brush.pressed) {
      this.brush.drag(x, this.pointerY(event));
      return;
    }
    if (this.dragging) {
      if (this.taken) this.taken.move(this.toScore(x));
      else this.events.onMove(this.toScore(x));
      return;
    }
    if (this.finger) this.decide(event);
    if (event.pointerType === "touch") return;
    const { edges, positives, negatives } = this.data;
    const score = this.toScore(x);
    let bin = edges.findIndex((edge) => edge > score) - 1;
    if (bin < 0) bin = score < this.low ? 0 : positives.length - 1;
    const text = `Scores ${formatScore(edges[bin])} to ${formatScore(edges[bin + 1])}: ` +
      `${formatCount(negatives[bin])} of ${this.names.negative}, ${formatCount(positives[bin])} of ${this.names.positive}`;
    this.events.onHover(text, x, this.pointerY(event));
  }

  /** The pointer in the picture's own pixels; read at the moment of the event, as pages scroll. */
  pointerX(event) {
    return event.clientX - this.svg.getBoundingClientRect().left;
  }

  pointerY(event) {
    return event.clientY - this.svg.getBoundingClientRect().top;
  }
}
