/** The desk beside the explorer: one tool at a time, in the place of the rates; what it holds moves with the threshold. */
import { rates } from "../base/metrics.js";
import { html } from "../base/svg.js";
import { CostTool } from "./costs.js";
import { GoalTool } from "./goal.js";
import { IconTool } from "./icons.js";
import { Lens, parsePrevalence } from "./lens.js";
import { PrevalenceTool } from "./prevalence.js";
import { ReviewTool } from "./review.js";
import { SureTool } from "./sure.js";

/**
 * @typedef {Object} DeskState
 * @property {string} tool the open tool; empty: the rates are shown
 * @property {string} goal @property {string} prevalence @property {Record<string, number>} costs
 * @property {string} amounts @property {string} band @property {boolean} bands whether resamples are shown
 * @property {string} together @property {boolean} stratified @property {number} seed how rows are drawn anew
 * @property {number} serial the last word that was said: an answer to an older one is not taken
 */
/** @typedef {{id: string, desk: DeskState, goal: import("./goal.js").GoalData}} Told */

const TOOLS = [["goal", "Goal"], ["costs", "Costs"], ["prevalence", "Prevalence"], ["cases", "1,000 cases"], ["sure", "How sure"], ["review", "Review"]];
/** Pixels under the histogram's axis that a tool's own lane takes; less where rows are low. */
const LANES = { costs: [64, 50] };
const STRIP = 26;

export class Desk {
  /**
   * @param {{card: HTMLElement, tabs: HTMLElement, body: HTMLElement, open: HTMLElement, close: HTMLElement, root: HTMLElement}} parts
   * @param {{onSay: (state: DeskState & {jump?: boolean}) => void, onGo: (threshold: number) => void, onLens: () => void, onOpen: () => void}} events
   */
  constructor(parts, events) {
    this.parts = parts;
    this.events = events;
    this.lens = new Lens();
    this.goal = new GoalTool({ onGoal: (goal) => this.say({ goal, jump: goal !== "" }), onGo: events.onGo });
    this.prevalence = new PrevalenceTool({
      onMove: (prevalence) => this.look(prevalence),
      onSay: (prevalence) => this.say({ prevalence }),
    });
    this.costs = new CostTool({
      onCosts: (costs, said) => this.price(costs, said),
      onAmounts: (amounts) => this.say({ amounts }),
      onGo: events.onGo,
    });
    this.icons = new IconTool();
    this.sure = new SureTool({ onBands: (bands) => this.say({ bands }), onDraw: (change) => this.say(change) });
    this.review = new ReviewTool({
      onBand: (band) => this.say({ band }),
      onCost: (band, said) => this.price({ ...this.costs.costs, band }, said),
    });
    this.panels = { goal: this.goal, costs: this.costs, prevalence: this.prevalence, cases: this.icons, sure: this.sure, review: this.review };
    this.buttons = TOOLS.map(([tool, label]) => {
      const button = html("button", { type: "button", role: "tab", class: "op-tab", "data-tool": tool }, [label]);
      button.addEventListener("click", () => this.choose(tool));
      button.addEventListener("keydown", (event) => this.arrow(event, tool));
      return button;
    });
    parts.tabs.replaceChildren(...this.buttons);
    parts.body.replaceChildren(...Object.values(this.panels).map(({ element }) => element));
    parts.open.addEventListener("click", () => this.choose(this.state.tool ? "" : TOOLS[0][0]));
    parts.close.addEventListener("click", () => { this.choose(""); parts.open.focus(); });
    /** @type {DeskState} */
    this.state = { tool: "", goal: "", prevalence: "", costs: {}, amounts: "", band: "", bands: false, together: "", stratified: false, seed: 0, serial: 0 };
  }

  arrow(event, tool) {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!move) return;
    const at = TOOLS.findIndex(([name]) => name === tool);
    const next = (at + move + TOOLS.length) % TOOLS.length;
    this.choose(TOOLS[next][0]);
    this.buttons[next].focus();
    event.preventDefault();
  }

  /** Say what has changed, once. @param {Partial<DeskState> & {jump?: boolean}} change */
  say({ jump = false, ...change }) {
    this.state = { ...this.state, ...change, serial: this.state.serial + 1 };
    this.events.onSay({ ...this.state, jump });
  }

  /** @param {string} tool */
  choose(tool) {
    // Who asks how sure it is wants to see it.
    this.say(tool === "sure" ? { tool, bands: true } : { tool });
    this.show();
    this.events.onOpen();
  }

  /** Look at another prevalence while the hand moves. @param {number|null} prevalence */
  look(prevalence) {
    this.lens.take(this.table, prevalence);
    this.goal.settle();
    this.costs.settle();
    this.events.onLens();
  }

  /** Other costs: drawn at once, said once they rest. @param {Record<string, number>} said @param {boolean} done */
  price(said, done) {
    const costs = { ...this.costs.costs, ...said };
    this.costs.costs = this.review.costs = costs;
    this.costs.settle();
    this.events.onLens();
    if (done) this.say({ costs });
  }

  /** Whether this is an answer to the last word, or to none. @param {Told} told */
  answers(told) {
    return !this.table || told.desk.serial >= this.state.serial;
  }

  /** @param {Told} told @param {import("../base/table.js").SweepTable} table @param {{names: {positive: string, negative: string}, cells: import("../base/numbers.js").Words, presets: import("../presets.js").PresetData[], mean_weights: [number, number], own_words?: {cases: string, cells: import("../base/numbers.js").Words}}} about */
  take(told, table, { names, cells: words, presets, mean_weights: weights, own_words: own }) {
    const usual = presets.find(({ rule }) => rule === "default")?.threshold ?? null;
    this.weights = weights;
    /** Rows that were chosen on these very data. */
    this.chosen = new Set(presets.filter(({ rule, threshold }) => rule !== "default" && threshold !== null && threshold !== usual).map(({ threshold }) => table.nearest(threshold).row));
    this.table = table;
    this.state = { ...told.desk };
    this.lens.take(table, parsePrevalence(told.desk.prevalence));
    this.goal.take(told.goal, table, this.lens);
    this.prevalence.take(told.desk.prevalence, table);
    this.costs.take(told.costs ?? null, told.desk, table, this.lens, words, usual);
    this.icons.take(names, words, own ?? null);
    this.sure.take(told.sure ?? null, told.desk);
    this.review.take(told.review ?? null, told.desk, table, this.lens, names, words);
    this.show();
  }

  show() {
    const { tool } = this.state;
    const { root, card, open } = this.parts;
    card.hidden = !tool;
    root.classList.toggle("op-deciding", Boolean(tool));
    open.setAttribute("aria-expanded", String(Boolean(tool)));
    for (const button of this.buttons) {
      const on = button.dataset.tool === tool;
      button.setAttribute("aria-selected", String(on));
      button.tabIndex = on ? 0 : -1;
      if (on) this.uncover(button);
    }
    for (const [name, { element }] of Object.entries(this.panels)) element.hidden = name !== tool;
  }

  /** Where not all tabs fit, the open one is seen whole. @param {HTMLElement} button */
  uncover(button) {
    const { tabs } = this.parts;
    const [own, all] = [button.getBoundingClientRect(), tabs.getBoundingClientRect()];
    if (own.right > all.right) tabs.scrollLeft += own.right - all.right;
    else if (own.left < all.left) tabs.scrollLeft -= all.left - own.left;
  }

  /** Draw what does not move with the threshold. @param {{histogram: import("../histogram.js").Histogram, roc: import("../curve.js").Curve, pr: import("../curve.js").Curve, position: import("../base/table.js").Position, digits: number}} pictures */
  draw({ histogram, roc, pr, position, digits }) {
    const { tool } = this.state;
    for (const [picture, parts] of [[histogram, this.goal.inHistogram(histogram)], [roc, this.goal.inCurve(roc)], [pr, this.goal.inCurve(pr)]]) {
      picture.underlay.replaceChildren(...parts.under);
      picture.overlay.replaceChildren(...parts.over);
    }
    roc.underlay.prepend(...this.sure.inCurve(roc, "roc"));
    pr.underlay.prepend(...this.sure.inCurve(pr, "pr"));
    const strip = this.sure.data?.chosen ? STRIP : 0;
    if (strip) histogram.overlay.append(...this.sure.inHistogram(histogram, histogram.height - strip, strip));
    if (tool === "costs") {
      const lane = histogram.lanes - strip;
      histogram.overlay.append(...this.costs.inHistogram(histogram, histogram.height - histogram.lanes, lane));
      roc.underlay.append(...this.costs.inRoc(roc));
    }
    histogram.claim = tool === "review" ? (x) => this.review.claim(x, histogram.cut) : () => null;
    if (tool === "review") {
      const { under, over } = this.review.inHistogram(histogram, position, digits);
      histogram.underlay.append(...under);
      histogram.overlay.append(...over);
    }
    const { body } = this.parts;
    if (tool === "cases") this.icons.fit(body.clientWidth, body.clientHeight);
  }

  /** Pixels that the open tool takes under the histogram's axis. @param {boolean} tight */
  lanes(tight) {
    return (LANES[this.state.tool]?.[tight ? 1 : 0] ?? 0) + (this.sure.data?.chosen ? STRIP : 0);
  }

  /** Whether a row was chosen on these very data: its intervals are then too good. @param {number} row */
  isChosen(row) {
    return this.chosen.has(row) || this.goal.found?.row === row || (this.state.tool === "costs" && this.costs.best === row);
  }

  /** @param {number} row */
  move(row) {
    const { tool } = this.state;
    if (tool === "goal") this.goal.move(row);
    if (tool === "costs") this.costs.move(row);
    const c = this.table.confusion(row);
    if (tool === "cases") this.icons.move(this.lens, c);
    if (tool === "sure") this.sure.move(this.table.name(row), rates(this.lens.at(c)), (name) => this.lens.interval(name, c, this.weights), this.isChosen(row));
    if (tool === "review") this.review.move(row);
    if (tool === "prevalence") this.prevalence.move(this.lens, rates(this.lens.at(c)), rates(c));
  }
}
