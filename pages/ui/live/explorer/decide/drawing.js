/** How rows are drawn anew: each alone or with its group, with each class's number kept or not, and which draw it is. */
import { formatCount } from "../base/numbers.js";
import { html, setText } from "../base/svg.js";

/** @typedef {{together: string, groups: number, few: boolean}} Drawn what was drawn */

const MOST_SEEDS = 1e6;

export class DrawChoice {
  /** @param {(change: {together?: string, stratified?: boolean, seed?: number}) => void} onDraw */
  constructor(onDraw) {
    this.together = /** @type {HTMLSelectElement} */ (html("select", { class: "op-box op-small", "aria-label": "What is drawn together" }));
    this.together.addEventListener("change", () => onDraw({ together: this.together.value }));
    this.stratified = /** @type {HTMLInputElement} */ (html("input", { type: "checkbox" }));
    this.stratified.addEventListener("change", () => onDraw({ stratified: this.stratified.checked }));
    this.seed = /** @type {HTMLInputElement} */ (html("input", { type: "number", min: 0, max: MOST_SEEDS, step: 1, class: "op-box op-small op-narrow", "aria-label": "Seed: the same number draws the same rows" }));
    this.seed.addEventListener("change", () => onDraw({ seed: Math.min(Math.max(Math.trunc(this.seed.valueAsNumber) || 0, 0), MOST_SEEDS) }));
    this.strata = html("label", { class: "op-check" }, [this.stratified, "same class sizes"]);
    this.words = html("p", { class: "op-told op-subtle", "data-op": "drawn-words" });
    this.element = html("div", { class: "op-draw" }, [
      html("div", { class: "op-row" }, [this.together, this.strata, html("label", { class: "op-check", title: "The same seed draws the same rows" }, ["seed", this.seed])]),
      this.words,
    ]);
  }

  /** @param {string[]} columns @param {{together: string, stratified: boolean, seed: number}} desk @param {Drawn|null} drawn @param {boolean} on */
  take(columns, desk, drawn, on) {
    this.element.hidden = !on;
    const together = drawn?.together ?? "";
    this.together.replaceChildren(html("option", { value: "" }, ["each row alone"]), ...columns.map((name) => html("option", { value: name }, [`whole groups of ${name}`])));
    this.together.value = together;
    this.together.hidden = !columns.length;
    this.stratified.checked = desk.stratified && !together;
    this.stratified.disabled = Boolean(together);
    this.strata.title = together ? "Groups hold cases of both classes: they are drawn as they are" : "Each draw has as many positives and negatives as these data";
    if (this.seed.getRootNode().activeElement !== this.seed) this.seed.value = String(desk.seed);
    setText(this.words, !together ? "" : `Groups drawn whole: ${formatCount(drawn.groups)} of ${together}.` +
      `${drawn.few ? " So few tell little: take these intervals as a hint." : ""}`);
  }
}
