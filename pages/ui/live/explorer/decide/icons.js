/** "Of 1,000 cases like these": a mark for each case, in the four colours of the cells, moving with the threshold. */
import { countedWords, perThousand } from "../base/numbers.js";
import { html, setText } from "../base/svg.js";

/** Positives first, so that what is caught and what is missed lie side by side. */
const ORDER = ["tp", "fn", "fp", "tn"];
const MARKS = 1000;
/** How many marks may stand in a row: what gives the largest marks is taken. */
const IN_A_ROW = [25, 40, 50];
/** The marks take so much of the panel's width, and of its height. */
const HALF = 0.56;
const [LEAST_HEIGHT, MOST_HEIGHT] = [130, 260];

export class IconTool {
  constructor() {
    this.canvas = /** @type {HTMLCanvasElement} */ (html("canvas", { class: "op-icons", role: "img" }));
    this.lines = Object.fromEntries(ORDER.map((cell) => [cell, html("li", { "data-icons": cell, class: `op-summary-cell op-summary-${cell}` })]));
    this.title = html("p", { class: "op-told" });
    this.element = html("div", { class: "op-panel", "data-panel": "cases" }, [this.title, html("div", { class: "op-icon-row" }, [this.canvas, html("ul", { class: "op-icon-words" }, Object.values(this.lines))])]);
    this.last = "";
  }

  /**
   * @param {{positive: string, negative: string}} names @param {import("../base/numbers.js").Words} words
   * @param {{cases: string, cells: import("../base/numbers.js").Words}|null} own a person's own words, where there are any
   */
  take({ positive, negative }, words, own) {
    const usual = {
      tp: `are “${positive}” and called so`, fn: `are “${positive}” and not called so`,
      fp: `are “${negative}” and called “${positive}”`, tn: `are “${negative}” and left alone`,
    };
    this.words = words;
    this.cases = own ? own.cases : "cases";
    this.says = (cell, count) => (own ? own.cells[cell][count === 1 ? "one" : "many"] : usual[cell].replace("are", count === 1 ? "is" : "are"));
    this.last = "";
  }

  /** Fit the marks into the panel, and take the colours of the page. @param {number} width @param {number} height of the panel */
  fit(width, height) {
    const room = Math.min(Math.max(height - 26, LEAST_HEIGHT), MOST_HEIGHT);
    const stepOf = (columns) => Math.min((HALF * width) / columns, room / Math.ceil(MARKS / columns));
    const columns = IN_A_ROW.reduce((best, each) => (stepOf(each) > stepOf(best) ? each : best));
    const step = stepOf(columns);
    const rows = Math.ceil(MARKS / columns);
    const dense = window.devicePixelRatio || 1;
    const style = getComputedStyle(this.element);
    const colour = (name) => style.getPropertyValue(name).trim();
    this.grid = { columns, step, dense };
    this.canvas.width = Math.round(columns * step * dense);
    this.canvas.height = Math.round(rows * step * dense);
    this.canvas.style.width = `${columns * step}px`;
    this.canvas.style.height = `${rows * step}px`;
    this.colours = {
      tp: [colour("--op-positive"), ""], fn: [colour("--op-positive-pale"), colour("--op-positive")],
      fp: [colour("--op-negative-pale"), colour("--op-negative")], tn: [colour("--op-negative"), ""],
    };
    this.last = "";
  }

  /** @param {import("./lens.js").Lens} lens @param {import("../base/metrics.js").Confusion} c as counted */
  move(lens, c) {
    const there = lens.at(c);
    const whole = perThousand(ORDER.map((cell) => there[cell]));
    const now = `${whole}${lens.mark}`;
    if (now === this.last || !this.grid) return;
    this.last = now;
    ORDER.forEach((cell, i) => {
      setText(this.lines[cell], `${countedWords(this.words, cell, whole[i])}: ${this.says(cell, whole[i])}.`);
      this.lines[cell].dataset.value = String(whole[i]);
    });
    setText(this.title, `Of 1,000 ${this.cases} like these${lens.on ? ` (${lens.mark.replace("Shown for ", "")})` : ""}, at this threshold:`);
    this.canvas.setAttribute("aria-label", ORDER.map((cell, i) => countedWords(this.words, cell, whole[i])).join(", "));
    this.paint(whole);
  }

  /** @param {number[]} whole marks of each cell, in their order */
  paint(whole) {
    const pen = this.canvas.getContext("2d");
    const { columns, step, dense } = this.grid;
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const size = step - Math.min(1.5, step / 4);
    let mark = 0;
    ORDER.forEach((cell, i) => {
      const [fill, stripe] = this.colours[cell];
      const end = mark + whole[i];
      pen.fillStyle = fill;
      pen.beginPath();
      for (let each = mark; each < end; each += 1) pen.rect((each % columns) * step, Math.floor(each / columns) * step, size, size);
      pen.fill();
      if (stripe) {
        // Wrong calls are struck through, so that they are told apart without colour.
        pen.strokeStyle = stripe;
        pen.lineWidth = 1.2;
        pen.beginPath();
        for (let each = mark; each < end; each += 1) {
          const [x, y] = [(each % columns) * step, Math.floor(each / columns) * step];
          pen.moveTo(x, y + size);
          pen.lineTo(x + size, y);
        }
        pen.stroke();
      }
      mark = end;
    });
  }
}
