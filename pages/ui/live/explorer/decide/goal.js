/** "What do you need?": a goal, built or typed, where it is kept, and what a move away from it costs. */
import { formatCount, formatScore } from "../base/numbers.js";
import { html, setText, svg } from "../base/svg.js";
import { constrained, keeps, measureOf, shortfall, spell, spellGap } from "./measures.js";

/**
 * @typedef {Object} GoalData
 * @property {string} text @property {"none"|"wrong"|"infeasible"|"found"} state @property {string} message
 * @property {number|string|null} threshold the one found, or the one that comes nearest
 * @property {[number|string, number|string][]} ranges kept above the first up to the second
 * @property {import("./measures.js").Constraint[]} constraints
 * @property {(import("./measures.js").Term & {direction: "max"|"min"})|null} objective
 * @property {import("./measures.js").Costs} costs
 * @property {number|null} prevalence for which it was solved
 */

/** In the goal's language, as people read it, and what the server calls it. */
const OBJECTIVES = [
  ["max precision", "Highest precision", "max precision"], ["max recall", "Most caught", "max recall"],
  ["min flagged", "Fewest called", "min predicted_positives"], ["max f1", "Best F1", "max f1"],
  ["max accuracy", "Fewest errors", "max accuracy"], ["min cost", "Lowest cost", "min cost"],
];
const LIMITED = [
  ["recall", "recall", "recall"], ["precision", "precision", "precision"], ["false positive rate", "false positive rate", "false_positive_rate"],
  ["flagged", "called share", "predicted_positives"], ["specificity", "specificity", "specificity"], ["accuracy", "accuracy", "accuracy"],
];
const EXAMPLES = [
  "max precision where recall >= 90 %", "max recall where precision >= 90 %", "max recall where flagged <= 200 per 10000",
  "min flagged where recall >= 95 % with 95 % confidence", "max f1 where fpr <= 1 %", "flagged = 5 %", "min cost (miss 50, false alarm 1)",
];
/** Rows of the table that keep a goal make at most so many marks in the histogram. */
const MOST_MARKS = 400;

export class GoalTool {
  /** @param {{onGoal: (text: string) => void, onGo: (threshold: number) => void}} events */
  constructor(events) {
    this.events = events;
    const choice = (label, options) => {
      const box = html("select", { class: "op-box op-small", "aria-label": label }, options.map(([value, text]) => html("option", { value }, [text])));
      box.addEventListener("change", () => this.build());
      return /** @type {HTMLSelectElement} */ (box);
    };
    this.objective = choice("What is to be best", OBJECTIVES);
    this.limited = choice("What must be kept", LIMITED);
    this.sign = choice("Comparison", [[">=", "≥"], ["<=", "≤"]]);
    this.value = /** @type {HTMLInputElement} */ (html("input", { type: "number", min: "0", max: "100", step: "any", value: "90", class: "op-box op-small op-narrow", "aria-label": "Limit in percent" }));
    this.value.addEventListener("change", () => this.build());
    const list = html("datalist", { id: "op-goal-examples" }, EXAMPLES.map((value) => html("option", { value })));
    this.box = /** @type {HTMLInputElement} */ (html("input", {
      type: "text", class: "op-box op-small op-words", "aria-label": "Goal in words", maxlength: "500", list: "op-goal-examples",
      placeholder: "or in words: max precision where recall >= 0.9", spellcheck: "false",
    }));
    this.box.addEventListener("change", () => this.events.onGoal(this.box.value.trim()));
    this.find = html("button", { type: "button", class: "op-button op-small" }, ["Find"]);
    this.find.addEventListener("click", () => (this.box.value.trim() ? this.events.onGoal(this.box.value.trim()) : this.build(true)));
    this.clear = html("button", { type: "button", class: "op-link", hidden: "" }, ["No goal"]);
    this.clear.addEventListener("click", () => { this.box.value = ""; this.events.onGoal(""); });
    this.message = html("p", { class: "op-told op-warning", role: "status" });
    this.status = html("p", { class: "op-told", "data-op": "goal-status" });
    this.go = html("button", { type: "button", class: "op-button op-small", hidden: "" });
    this.go.addEventListener("click", () => this.events.onGo(Number(this.data.threshold)));
    this.element = html("div", { class: "op-panel", "data-panel": "goal" }, [
      html("div", { class: "op-row op-one-line" }, [this.objective, "where", this.limited, this.sign, this.value, "%"]),
      html("div", { class: "op-row" }, [this.box, list, this.find, this.clear]),
      this.message, this.status, html("div", { class: "op-row" }, [this.go]),
    ]);
    /** @type {GoalData|null} */
    this.data = null;
    this.kept = null;
  }

  /** The three controls make the words. @param {boolean} [always] also where nothing was asked for yet */
  build(always = false) {
    if (!always && (!this.data || this.data.state === "none")) return;
    this.box.value = `${this.objective.value} where ${this.limited.value} ${this.sign.value} ${this.value.value || "0"} %`;
    this.events.onGoal(this.box.value);
  }

  /** @param {GoalData} data @param {import("../base/table.js").SweepTable} table @param {import("./lens.js").Lens} lens */
  take(data, table, lens) {
    this.data = data;
    this.table = table;
    this.lens = lens;
    if (document.activeElement !== this.box && this.box.getRootNode().activeElement !== this.box) this.box.value = data.text;
    this.showBuilt();
    this.clear.hidden = data.state === "none";
    setText(this.message, data.state === "wrong" || data.state === "infeasible" ? sentence(data.message) : "");
    this.element.classList.toggle("op-infeasible", data.state === "infeasible");
    this.go.hidden = data.threshold === null;
    if (data.threshold !== null) {
      setText(this.go, `${data.state === "infeasible" ? "Go to what comes nearest:" : "Go to the goal's threshold"} ${formatScore(Number(data.threshold))}`);
    }
    this.settle();
  }

  /** The three controls show the goal, where they can say it. */
  showBuilt() {
    const { objective, constraints: [first, ...more] } = this.data;
    const word = (list, name) => list.find(([, , measure]) => measure === name)?.[0];
    const best = objective && word(OBJECTIVES, `${objective.direction} ${objective.name}`);
    const limited = first && !more.length && first.z === null && (first.share || first.of_all) && word(LIMITED, first.name);
    if (!best || !limited || ![">=", "<="].includes(first.sign)) return;
    this.objective.value = best;
    this.limited.value = limited;
    this.sign.value = first.sign;
    this.value.value = String(Number((100 * first.value).toPrecision(12)));
  }

  /** Whether the goal is judged where the counts are shown: one "with confidence" holds at the data's own prevalence. */
  get sure() {
    return this.data.constraints.some(({ z }) => z !== null);
  }

  /** The counts that the goal is judged by. @param {number} row */
  counts(row) {
    const c = this.table.confusion(row);
    return this.sure ? c : this.lens.at(c);
  }

  /** Which rows keep the goal: as the server told; while the prevalence moves, by the rows' own counts. */
  settle() {
    const { data, table } = this;
    this.kept = null;
    this.found = data.threshold === null ? null : table.nearest(Number(data.threshold));
    if (data.state !== "found" && data.state !== "infeasible") return;
    const told = this.sure || data.prevalence === this.lens.prevalence;
    this.kept = told ? this.rowsTold() : this.rowsOwn();
    this.exact = told;
  }

  rowsTold() {
    const { table } = this;
    const kept = new Uint8Array(table.length);
    for (const [low, high] of this.data.ranges.map((ends) => ends.map(Number))) {
      for (let row = table.rowAtOrAbove(high); row < table.length && table.score[row] > low; row += 1) {
        if (table.score[row] <= high) kept[row] = 1;
      }
    }
    return kept;
  }

  rowsOwn() {
    const { table, data } = this;
    const limits = data.constraints.filter(({ sign }) => sign !== "=");
    return Uint8Array.from({ length: table.length }, (_, row) => {
      const c = this.counts(row);
      return limits.every((each) => keeps(each, constrained(each, c, data.costs))) ? 1 : 0;
    });
  }

  /** Scores where the goal is kept, as pairs from low to high. @returns {[number, number][]} */
  get ranges() {
    if (!this.kept) return [];
    if (this.exact) return this.data.ranges.map(([low, high]) => [Number(low), Number(high)]);
    const found = [];
    for (let row = 0; row < this.kept.length; row += 1) {
      if (!this.kept[row]) continue;
      const high = this.table.score[row];
      while (row + 1 < this.kept.length && this.kept[row + 1]) row += 1;
      found.push(/** @type {[number, number]} */ ([this.table.below[row], high]));
    }
    return found;
  }

  /** Where the goal is kept, behind the bars, and what it finds, over them. @param {import("../histogram.js").Histogram} histogram */
  inHistogram(histogram) {
    const { toX } = { toX: (score) => histogram.toX(score) };
    const { left, right, plotTop: top, plotBottom: bottom } = histogram;
    const spans = this.ranges.map(([low, high]) => [low === -Infinity ? left : toX(low), high === Infinity ? right : toX(high)]);
    // Neighbours less than a pixel apart are drawn as one.
    const joined = [];
    for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
      const last = joined[joined.length - 1];
      if (last && from - last[1] < 1) last[1] = Math.max(last[1], to);
      else joined.push([from, to]);
    }
    const box = (y, tall) => joined.slice(0, MOST_MARKS).map(([from, to]) => `M${from.toFixed(1)} ${y}H${Math.max(to, from + 1).toFixed(1)}v${tall}H${from.toFixed(1)}z`).join("");
    const under = joined.length ? [
      svg("path", { class: "op-kept", d: box(top, bottom - top) }),
      svg("path", { class: "op-kept-edge", d: box(bottom - 3, 3) }),
    ] : [];
    const mark = this.found && svg("path", { class: `op-goal-mark${this.data.state === "found" ? "" : " op-goal-near"}`, d: diamond(toX(this.found.threshold), bottom, 6) });
    const over = mark ? [svg("line", { class: "op-goal-line", x1: toX(this.found.threshold), x2: toX(this.found.threshold), y1: top, y2: bottom }), mark] : [];
    return { under, over };
  }

  /** @param {import("../curve.js").Curve} curve */
  inCurve(curve) {
    const { x, y } = curve.data;
    const under = [];
    if (this.kept) {
      let line = "";
      let before = -2;
      for (let row = 0; row < this.kept.length; row += 1) {
        if (!this.kept[row] || Number.isNaN(x[row]) || Number.isNaN(y[row])) continue;
        const place = `${curve.toX(x[row]).toFixed(1)} ${curve.toY(y[row]).toFixed(1)}`;
        line += before === row - 1 ? `L${place}` : `M${place}h.01`;
        before = row;
      }
      if (line) under.push(svg("path", { class: "op-kept-line", d: line }));
    }
    const row = this.found ? this.found.row : -1;
    const seen = row >= 0 && !Number.isNaN(x[row]) && !Number.isNaN(y[row]);
    const over = seen ? [svg("path", { class: `op-goal-mark${this.data.state === "found" ? "" : " op-goal-near"}`, d: diamond(curve.toX(x[row]), curve.toY(y[row]), 6) })] : [];
    return { under, over };
  }

  /** What the present row is worth against the goal, in words. @param {number} row @returns {string} */
  told(row) {
    const { data } = this;
    if (!data || (data.state !== "found" && data.state !== "infeasible")) return "";
    const here = this.counts(row);
    const parts = data.constraints.map((each) => {
      const value = constrained(each, here, data.costs);
      const what = `${inWords(each.label)}${each.z === null ? "" : " (limit of its interval)"} ${spell(each, value)}`;
      if (each.sign === "=") return `${what}, wanted ${spell(each, each.value)}`;
      if (keeps(each, value)) return `${what}, kept (${each.sign === ">=" || each.sign === ">" ? "at least" : "at most"} ${spell(each, each.value)})`;
      const gap = shortfall(each, value);
      return Number.isNaN(gap) ? what : `${what}, ${spellGap(each, gap)} ${each.sign[0] === ">" ? "short of" : "over"} the goal (${spell(each, each.value)})`;
    });
    if (!this.found) return sentence(parts.join("; "));
    const there = this.counts(this.found.row);
    if (data.objective && !data.constraints.some(({ name }) => name === data.objective.name)) {
      const [now, best] = [measureOf(data.objective, here, data.costs), measureOf(data.objective, there, data.costs)];
      const gap = now - best;
      const far = Math.abs(gap) > 1e-12 ? `, ${spellGap(data.objective, Math.abs(gap))} ${gap > 0 ? "above" : "below"} the goal's` : "";
      parts.push(`${inWords(data.objective.label)} ${spell(data.objective, now)}${far}`);
    }
    const more = (change, what) => (change === 0 ? [] : [`${formatCount(Math.abs(change))} ${change > 0 ? "more" : "fewer"} ${what}`]);
    const [told, wanted] = [row, this.found.row].map((each) => (this.sure ? this.table.confusion(each) : this.lens.told(this.table.confusion(each))));
    const moved = [...more(told.fn - wanted.fn, "missed"), ...more(told.fp - wanted.fp, "false alarms")];
    const same = row === this.found.row ? (data.state === "found" ? "this is the goal's threshold" : "this is what comes nearest") : "";
    return sentence([...parts, moved.join(", ") || same].filter(Boolean).join("; "));
  }

  /** @param {number} row */
  move(row) {
    const kept = this.kept && this.kept[row];
    setText(this.status, this.told(row));
    this.status.dataset.kept = kept ? "yes" : "no";
  }
}

function sentence(text) {
  return text ? `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}` : "";
}

/** A label within a sentence: names of people and letters stay as they are. @param {string} label */
function inWords(label) {
  return /^(Matthews|Youden|Cohen|[A-Z][^a-z])/.test(label) ? label : `${label[0].toLowerCase()}${label.slice(1)}`;
}

/** A mark that is told from the round point of the hand. */
export function diamond(x, y, r) {
  return `M${(x - r).toFixed(1)} ${y.toFixed(1)}L${x.toFixed(1)} ${(y - r).toFixed(1)}L${(x + r).toFixed(1)} ${y.toFixed(1)}L${x.toFixed(1)} ${(y + r).toFixed(1)}z`;
}
