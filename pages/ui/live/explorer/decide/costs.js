/** Costs: money per case, the curve under the histogram, and the lines of equal cost on ROC. */
import { formatCoefficient, formatCount, formatMoney, formatScore, formatShare } from "../base/numbers.js";
import { html, setText, svg } from "../base/svg.js";
import { diamond } from "./goal.js";
import { Amounts, cheapestCorners, cheapestRow, nearestRatio, ratiosWhereBest, totalCost } from "./money.js";
import { short } from "./sure.js";

/**
 * @typedef {Object} CostData
 * @property {string[]} columns that could say what each case is worth
 * @property {import("./money.js").AmountData|null} amounts
 * @property {PricedResamples|null} sure @property {string} sure_note why there is none
 */
/** @typedef {{resamples: number, thresholds: number[], band: {low: (number|null)[], high: (number|null)[]}, interval: {low: number, high: number}}} PricedResamples costs of a case, and the cheapest thresholds */

const FIELDS = [["fn", "one"], ["fp", "one"], ["tp", "one"], ["tn", "one"]];
const COLUMNS = ["per case", "per 1,000", "in all"];
/** The curve's lane: its own height, and where it begins within. */
const LANE_HEAD = 15;
const LANE_FOOT = 6;
/** Costs above the cheaper lazy rule by this share of what is to be saved are out of the picture. */
const OVER = 0.15;

export class CostTool {
  /** @param {{onCosts: (costs: import("./money.js").CaseCosts, said: boolean) => void, onAmounts: (column: string) => void, onGo: (threshold: number) => void}} events */
  constructor(events) {
    this.events = events;
    const field = (name) => {
      const box = /** @type {HTMLInputElement} */ (html("input", { type: "number", step: "any", class: "op-box op-small", "data-cost": name }));
      box.addEventListener("input", () => this.typed(false));
      box.addEventListener("change", () => this.typed(true));
      const label = html("span", {});
      return { name, box, label, element: html("label", { class: "op-cost" }, [label, box]) };
    };
    this.fields = [...FIELDS.map(([name]) => field(name)), field("review")];
    this.amounts = /** @type {HTMLSelectElement} */ (html("select", { class: "op-box op-small", "aria-label": "Column with what each case is worth" }));
    this.amounts.addEventListener("change", () => events.onAmounts(this.amounts.value));
    const line = (key, go) => {
      const name = go ? html("button", { type: "button", class: "op-link" }) : html("span", {});
      if (go) name.addEventListener("click", () => events.onGo(this.places[key]));
      const cells = COLUMNS.map(() => html("td", {}));
      return { key, name, cells, element: html("tr", { "data-cost-line": key }, [html("th", { scope: "row" }, [name]), ...cells]) };
    };
    this.lines = [line("here", false), line("least", true), line("default", true), line("none", false), line("all", false)];
    const head = html("tr", {}, [html("th", {}, [this.amounts]), ...COLUMNS.map((text) => html("th", { scope: "col" }, [text]))]);
    this.ratio = html("p", { class: "op-told", "data-op": "cost-ratio" });
    this.sure = html("p", { class: "op-told op-subtle", "data-op": "cost-interval" });
    this.element = html("div", { class: "op-panel", "data-panel": "costs" }, [
      html("div", { class: "op-row op-one-line" }, this.fields.map(({ element }) => element)),
      html("table", { class: "op-costs" }, [html("thead", {}, [head]), html("tbody", {}, this.lines.map(({ element }) => element))]),
      this.ratio, this.sure,
    ]);
    this.places = {};
    this.lane = null;
    this.iso = svg("line", { class: "op-iso" });
    this.dot = svg("circle", { r: 4.5, class: "op-cost-dot" });
  }

  typed(said) {
    const costs = Object.fromEntries(this.fields.map(({ name, box }) => [name, Number.isFinite(box.valueAsNumber) ? box.valueAsNumber : 0]));
    this.events.onCosts(/** @type {import("./money.js").CaseCosts} */ (costs), said);
  }

  /** @param {CostData|null} data @param {import("./desk.js").DeskState} state @param {import("../base/table.js").SweepTable} table @param {import("./lens.js").Lens} lens @param {import("../base/numbers.js").Words} words @param {number|null} usual the default threshold */
  take(data, state, table, lens, words, usual) {
    Object.assign(this, { data, table, lens, costs: state.costs, usual });
    for (const { name, box, label } of this.fields) {
      setText(label, name === "review" ? "each call" : words[name].one);
      box.setAttribute("aria-label", name === "review" ? "Cost of each called case" : `Cost of each case that is ${words[name].many} (${words[name].technical})`);
      if (box.getRootNode().activeElement !== box) box.value = String(state.costs[name] ?? 0);
    }
    const columns = data ? data.columns : [];
    this.amounts.replaceChildren(html("option", { value: "" }, ["each case alike"]), ...columns.map((name) => html("option", { value: name }, [`× ${name}`])));
    this.amounts.value = data?.amounts ? data.amounts.column : "";
    this.amounts.hidden = !columns.length;
    this.worth = data?.amounts ? new Amounts(data.amounts, table) : null;
    this.askedAs = this.asked;
    this.corners = cheapestCorners(table);
    this.settle();
  }

  /** What resamples hang on: until they are told anew, other costs and another prevalence have none. */
  get asked() {
    return JSON.stringify([this.costs, this.lens.prevalence]);
  }

  /** @returns {PricedResamples|null} */
  get resampled() {
    return this.data?.sure && this.asked === this.askedAs ? this.data.sure : null;
  }

  /** @param {number} row */
  cost(row) {
    const c = this.lens.at(this.table.confusion(row));
    return totalCost(this.costs, c, this.worth ? this.lens.at(this.worth.cells(row)) : c);
  }

  /** All costs anew: other costs, or another prevalence. */
  settle() {
    const { table } = this;
    this.totals = Float64Array.from({ length: table.length }, (_, row) => this.cost(row));
    this.best = cheapestRow(this.totals);
    this.cases = table.positives + table.negatives;
  }

  /** A lane under the histogram's axis. @param {import("../histogram.js").Histogram} histogram @param {number} from @param {number} height */
  inHistogram(histogram, from, height) {
    const { table, totals, best } = this;
    const lazy = [totals[0], totals[table.length - 1]];
    const least = totals[best];
    const top = from + LANE_HEAD;
    const bottom = from + height - LANE_FOOT;
    const shown = [...totals].filter((each, row) => table.score[row] >= histogram.low && table.score[row] <= histogram.high && Number.isFinite(each));
    const saved = Math.min(...lazy) - least;
    const most = saved > 0 ? least + (1 + OVER) * saved : Math.max(...shown, least);
    const sure = this.resampled;
    const ends = sure ? this.bandIn(histogram) : [];
    // What resamples make of the least is seen too, down to the lane's foot.
    const floor = ends.length ? Math.min(least, ...ends.map(({ low }) => low)) : least;
    const toY = (cost) => (most > floor ? bottom - ((Math.min(cost, most) - floor) / (most - floor)) * (bottom - top) : bottom);
    const along = (end) => ends.map((each) => `${histogram.toX(each.score).toFixed(1)} ${toY(each[end]).toFixed(1)}`);
    let line = "";
    for (let row = 0; row < table.length; row += 1) {
      const score = table.score[row];
      if (Number.isNaN(totals[row]) || !Number.isFinite(score)) continue;
      if ((score > histogram.high && !(table.score[row + 1] <= histogram.high)) || (score < histogram.low && !(table.score[row - 1] >= histogram.low))) continue;
      line += `${line ? "L" : "M"}${histogram.toX(score).toFixed(1)} ${toY(totals[row]).toFixed(1)}`;
    }
    this.lane = { toX: (score) => histogram.toX(score), toY };
    const { left, right } = histogram;
    const word = lazy[0] <= lazy[1] ? "call none" : "call all";
    const x = histogram.toX(table.name(best));
    const parts = [
      svg("line", { class: "op-gridline", x1: left, x2: right, y1: bottom, y2: bottom }),
      svg("text", { class: "op-lane-label", x: left + 2, y: from + 11 }, [`cost per case, least ${formatMoney(least / this.cases)} at ${formatScore(table.name(best))}`]),
      ...(ends.length > 1 ? [svg("path", { class: "op-band", d: `M${along("high").join("L")}L${along("low").reverse().join("L")}z` })] : []),
      svg("path", { class: "op-cost-line", d: line }),
    ];
    if (saved > 0) {
      const y = toY(Math.min(...lazy));
      parts.push(
        svg("line", { class: "op-reference", x1: left, x2: right, y1: y, y2: y }),
        svg("text", { class: "op-lane-label", x: right - 2, y: from + 11, "text-anchor": "end" }, [`${word} ${formatMoney(Math.min(...lazy) / this.cases)}`]),
      );
    }
    if (sure) {
      const [low, high] = [sure.interval.low, sure.interval.high].map((each) => histogram.toX(each));
      parts.push(svg("line", { class: "op-cost-range", x1: low, x2: Math.max(high, low + 1), y1: bottom, y2: bottom }));
    }
    if (this.usual !== null) parts.push(svg("line", { class: "op-cost-usual", x1: histogram.toX(this.usual), x2: histogram.toX(this.usual), y1: top, y2: bottom }));
    parts.push(svg("path", { class: "op-goal-mark", d: diamond(x, toY(least), 5) }), this.dot);
    return parts;
  }

  /** The band's ends that are drawn, in all as the curve is. @param {import("../histogram.js").Histogram} histogram */
  bandIn({ low: first, high: last }) {
    const { thresholds, band } = this.data.sure;
    return thresholds.map((score, i) => ({ score, low: band.low[i] * this.cases, high: band.high[i] * this.cases }))
      .filter(({ score }, i) => band.low[i] !== null && band.high[i] !== null && score >= first && score <= last);
  }

  /** The slope of equal cost on ROC: what a false alarm loses over what a miss loses, at the classes' shares. */
  get slope() {
    const { fp, fn, tp, tn, review } = this.costs;
    const { positive, negative } = this.lens.weights;
    return ((fp - tn + review) * this.table.negatives * negative) / ((fn - tp - review) * this.table.positives * positive);
  }

  /** @param {import("../curve.js").Curve} roc */
  inRoc(roc) {
    this.curve = roc;
    // With amounts a point of the ROC curve does not have one cost: cases differ.
    if (this.worth || !Number.isFinite(this.slope) || this.slope < 0) return [];
    const tangent = svg("line", { class: "op-iso op-iso-best" });
    this.place(tangent, this.best);
    return [tangent, this.iso];
  }

  /** Lay a line of equal cost through a row's point, within the square. */
  place(line, row) {
    const { slope, table } = this;
    const [x, y] = [table.fp[row] / table.negatives, table.tp[row] / table.positives];
    const inside = (at) => Math.min(Math.max(at, 0), 1);
    const ends = slope > 1e-9 ? [inside(x - y / slope), inside(x + (1 - y) / slope)] : [0, 1];
    ends.forEach((end, i) => {
      line.setAttribute(`x${i + 1}`, this.curve.toX(end).toFixed(2));
      line.setAttribute(`y${i + 1}`, this.curve.toY(inside(y + (end - x) * slope)).toFixed(2));
    });
  }

  /** @param {number} row */
  move(row) {
    const { table, totals, best, cases, lane } = this;
    if (lane && !Number.isNaN(totals[row])) {
      this.dot.setAttribute("cx", lane.toX(table.name(row)).toFixed(2));
      this.dot.setAttribute("cy", lane.toY(totals[row]).toFixed(2));
    }
    if (this.iso.parentNode) this.place(this.iso, row);
    const usual = this.usual === null ? -1 : table.nearest(this.usual).row;
    const rows = { here: row, least: best, default: usual, none: 0, all: table.length - 1 };
    this.places = { least: table.name(best), default: this.usual };
    const names = {
      here: "Here", least: `Least, at ${formatScore(this.places.least)}`, default: "Default", none: "Call none", all: "Call all",
    };
    for (const { key, name, cells, element } of this.lines) {
      element.hidden = rows[key] < 0;
      if (rows[key] < 0) continue;
      const total = totals[rows[key]];
      setText(name, names[key]);
      element.dataset.value = String(total);
      [total / cases, (1000 * total) / cases, total].forEach((value, i) => setText(cells[i], formatMoney(value)));
    }
    setText(this.ratio, this.ratioWords(row));
    const sure = this.resampled;
    const chosen = sure ? [sure.interval.low, sure.interval.high].map((each) => formatScore(short(each))).join(" to ") : "";
    setText(this.sure, !this.data ? "" : sure
      ? `${formatCount(sure.resamples)} draws of these rows put the least at ${chosen} (95 %; optimistic: chosen on these rows); the band is the cost of a case in 95 % of them.`
      : this.data.sure_note);
  }

  ratioWords(row) {
    if (this.worth) return "";
    const { positive, negative } = this.lens.weights;
    const { fp, fn, tp, tn, review } = this.costs;
    const own = (fn - tp - review) / (fp - tn + review);
    const here = Number.isFinite(own) ? `; by these costs ${formatCount(Math.round(1000 * own) / 1000)} times` : "";
    const said = (ratio) => formatCoefficient((ratio * negative) / positive);
    const found = ratiosWhereBest(this.table, row);
    if (found) return `This threshold is the cheapest where a miss loses ${found.map(said).join(" to ")} times what a false alarm loses${here}.`;
    const near = nearestRatio(this.table, this.corners, row);
    if (!near) return "Whatever a miss costs beside a false alarm, another threshold is cheaper than this one.";
    return `No costs make just this threshold the cheapest. It comes nearest where a miss loses ${said(near.ratio)} times what a false alarm loses ` +
      `(${formatScore(this.table.name(near.cheaper))} is then ${formatShare(near.saved)} cheaper)${here}.`;
  }
}
