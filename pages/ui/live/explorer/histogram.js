/**
 * The score histogram: negatives above the axis, positives below, the threshold as a line between
 * "passed" (left) and "flagged" (right). Its four fields lie as the cells of the confusion matrix do.
 */
import { Brush } from "./brush.js";
import { formatCount, formatScore, niceTicks, setText, svg, uniqueId } from "./svg.js";

/** @typedef {{edges: number[], positives: number[], negatives: number[], discrete?: boolean}} HistogramData */

const HISTOGRAM_MARGIN = { top: 38, right: 9, bottom: 46, left: 9 };
const BAR_GAP = 1;
/** What happens to the cases of each field, in words. */
const QUADRANT_WORDS = [["tn", "left alone"], ["fp", "false alarms"], ["fn", "missed"], ["tp", "caught"]];

export class Histogram {
  /**
   * @param {HTMLElement} host
   * @param {{onMove: (threshold: number) => void, onRelease: () => void, onHover: (text: string|null, x: number, y: number) => void,
   *   onRange: {onWant: (range: import("./range.js").ScoreRange|null) => void, onRelease: () => void, onCancel: () => void}}} events
   */
  constructor(host, events) {
    this.host = host;
    this.events = events;
    this.sameScale = false;
    /** Whether a plain drag marks a range in place of moving the threshold. */
    this.selecting = false;
    this.brush = new Brush(events.onRange);
    this.svg = svg("svg", { class: "op-svg", "aria-hidden": "true" });
    host.replaceChildren(this.svg);
    this.dragging = false;
    this.svg.addEventListener("pointerdown", (event) => this.press(event));
    this.svg.addEventListener("pointermove", (event) => this.hover(event));
    this.svg.addEventListener("pointerup", (event) => this.release(event));
    this.svg.addEventListener("pointercancel", (event) => this.release(event));
    this.svg.addEventListener("pointerleave", () => this.events.onHover(null, 0, 0));
  }

  /** Draw everything that does not move. @param {HistogramData} data @param {{positive: string, negative: string}} names */
  draw(data, names, width, height) {
    this.data = data;
    this.names = names;
    this.width = width;
    this.height = height;
    this.low = data.edges[0];
    this.high = data.edges[data.edges.length - 1];
    this.left = HISTOGRAM_MARGIN.left;
    this.right = width - HISTOGRAM_MARGIN.right;
    const top = HISTOGRAM_MARGIN.top;
    const bottom = height - HISTOGRAM_MARGIN.bottom;
    this.middle = (top + bottom) / 2;
    const half = (bottom - top) / 2 - 1;
    const tallest = [Math.max(...data.negatives), Math.max(...data.positives)];
    const both = Math.max(...tallest);
    const unit = tallest.map((each) => half / Math.max(this.sameScale ? both : each, Number.MIN_VALUE));

    const ids = { passed: uniqueId("passed"), flagged: uniqueId("flagged"), hatch: [uniqueId("h"), uniqueId("h")] };
    const clip = (id) => svg("clipPath", { id }, [svg("rect", { x: 0, y: 0, width: 0, height })]);
    const clips = [clip(ids.passed), clip(ids.flagged)];
    const hatches = ["negative", "positive"].map((name, i) =>
      svg("pattern", { id: ids.hatch[i], width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, [
        svg("rect", { width: 6, height: 6, class: `op-fill-${name}-pale` }),
        svg("rect", { width: 1.6, height: 6, class: `op-fill-${name}`, opacity: 0.55 }),
      ]),
    );
    const bars = [this.bars(data.negatives, -unit[0]), this.bars(data.positives, unit[1])];
    const side = (name, i, rightIsWhenFlagged) => [
      svg("path", { d: bars[i], class: `op-fill-${name}`, "clip-path": `url(#${rightIsWhenFlagged ? ids.flagged : ids.passed})` }),
      svg("path", { d: bars[i], fill: `url(#${ids.hatch[i]})`, "clip-path": `url(#${rightIsWhenFlagged ? ids.passed : ids.flagged})` }),
    ];
    this.passed = clips[0].firstChild;
    this.flagged = clips[1].firstChild;
    this.quadrants = Object.fromEntries(
      [["tn", "start", top - 9], ["fp", "end", top - 9], ["fn", "start", bottom + 17], ["tp", "end", bottom + 17]].map(
        ([cell, anchor, y]) => [cell, svg("text", { y, class: "op-quadrant", "text-anchor": anchor, x: anchor === "start" ? this.left + 2 : this.right - 2 })],
      ),
    );
    this.pinnedLine = svg("line", { class: "op-pinned-line", y1: top - 20, y2: bottom + 20, visibility: "hidden" });
    this.line = svg("g", { class: "op-cut" }, [
      svg("line", { y1: top - 20, y2: bottom + 22, class: "op-cut-line" }),
      svg("circle", { cy: this.middle, r: 9, class: "op-grip" }),
      svg("path", { d: `M-3 ${this.middle - 3}L-6 ${this.middle}L-3 ${this.middle + 3}M3 ${this.middle - 3}L6 ${this.middle}L3 ${this.middle + 3}`, class: "op-grip-arrows" }),
    ]);
    this.brush.place({
      left: this.left, right: this.right, top, middle: this.middle, bottom, toX: (score) => this.toX(score), toScore: (x) => this.toScore(x),
    });
    this.label = svg("text", { class: "op-cut-label", y: 11, "text-anchor": "middle" });
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("width", String(width));
    this.svg.setAttribute("height", String(height));
    this.svg.replaceChildren(
      svg("defs", {}, [...clips, ...hatches]),
      ...side("negative", 0, false),
      ...side("positive", 1, true),
      svg("line", { x1: this.left, x2: this.right, y1: this.middle, y2: this.middle, class: "op-axis" }),
      ...this.axis(height - 24),
      this.brush.mark,
      this.pinnedLine,
      this.line,
      ...Object.values(this.quadrants), // above the line, which crosses them on a narrow screen
      this.label,
    );
  }

  /** One path for all bars of a class. @param {number[]} counts @param {number} unit pixels per case, negative: upwards */
  bars(counts, unit) {
    const { edges } = this.data;
    const parts = [];
    for (let i = 0; i < counts.length; i += 1) {
      if (counts[i] <= 0) continue;
      const x = this.toX(edges[i]);
      const wide = Math.max(this.toX(edges[i + 1]) - x - BAR_GAP, 0.8);
      // A bar that holds anything is seen, even one case among a million.
      const tall = Math.sign(unit) * Math.max(Math.abs(counts[i] * unit), 1.2);
      parts.push(`M${x.toFixed(2)} ${this.middle}v${tall.toFixed(2)}h${wide.toFixed(2)}v${(-tall).toFixed(2)}z`);
    }
    return parts.join("");
  }

  axis(bottom) {
    return niceTicks(this.low, this.high, Math.max(2, Math.floor(this.width / 90))).flatMap((tick) => {
      const x = this.toX(tick);
      const anchor = x < this.left + 14 ? "start" : x > this.right - 14 ? "end" : "middle";
      return [
        svg("line", { x1: x, x2: x, y1: bottom, y2: bottom + 4, class: "op-tick" }),
        svg("text", { x, y: bottom + 16, class: "op-tick-label", "text-anchor": anchor }, [formatScore(tick)]),
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

  /** @param {number} threshold @param {import("./metrics.js").Confusion} counts @param {string} text */
  move(threshold, counts, text) {
    const x = this.toX(threshold);
    this.passed.setAttribute("width", String(x));
    this.flagged.setAttribute("x", String(x));
    this.flagged.setAttribute("width", String(Math.max(this.width - x, 0)));
    this.line.setAttribute("transform", `translate(${x})`);
    this.label.setAttribute("x", String(Math.min(Math.max(x, this.left + 28), this.right - 28)));
    setText(this.label, text);
    for (const [cell, word] of QUADRANT_WORDS) setText(this.quadrants[cell], `${formatCount(counts[cell])} ${word}`);
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
    this.svg.setPointerCapture(event.pointerId);
    event.preventDefault();
    this.events.onHover(null, 0, 0);
    if (event.shiftKey || this.selecting) {
      this.brush.press(this.pointerX(event), this.pointerY(event));
      return;
    }
    this.dragging = true;
    this.events.onMove(this.toScore(this.pointerX(event)));
  }

  release(event) {
    if (this.brush.pressed) {
      this.brush.release(event.type === "pointerup");
      return;
    }
    if (!this.dragging) return;
    this.dragging = false;
    if (event.type === "pointerup") this.events.onMove(this.toScore(this.pointerX(event)));
    this.events.onRelease();
  }

  hover(event) {
    const x = this.pointerX(event);
    if (this.brush.pressed) {
      this.brush.drag(x, this.pointerY(event));
      return;
    }
    if (this.dragging) {
      this.events.onMove(this.toScore(x));
      return;
    }
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
