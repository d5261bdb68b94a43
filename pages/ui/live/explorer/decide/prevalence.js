/** Another prevalence: typed ("1 in 200"), or moved by hand. */
import { formatShare } from "../base/numbers.js";
import { html, setText } from "../base/svg.js";
import { formatPrevalence, parsePrevalence } from "./lens.js";

/** The slider runs over the logarithm of the odds, so that 1 in 10,000 has as much room as 1 in 10. */
const LEAST = 1e-5;
const logit = (share) => Math.log(share / (1 - share));

export class PrevalenceTool {
  /** @param {{onMove: (prevalence: number|null) => void, onSay: (text: string) => void}} events */
  constructor(events) {
    this.events = events;
    this.box = /** @type {HTMLInputElement} */ (html("input", {
      type: "text", class: "op-box op-small", maxlength: "40", placeholder: "1 in 200, or 0.5 %", "aria-label": "Share of positives where the model is used",
    }));
    this.slider = /** @type {HTMLInputElement} */ (html("input", {
      type: "range", class: "op-slider", min: String(logit(LEAST)), max: String(logit(1 - LEAST)), step: "any", "aria-label": "Move the prevalence",
    }));
    this.off = html("button", { type: "button", class: "op-button op-small" });
    this.message = html("p", { class: "op-told op-warning", role: "status" });
    this.words = html("p", { class: "op-told", "data-op": "prevalence-words" });
    this.element = html("div", { class: "op-panel", "data-panel": "prevalence" }, [
      html("div", { class: "op-row" }, [html("label", { class: "op-row" }, ["Positives where it is used", this.box]), this.off]),
      this.slider, this.message, this.words,
      html("p", { class: "op-told op-subtle" }, ["Recall and the false-positive rate stay, as long as the positives (and the negatives) there are of the same kind."]),
    ]);
    this.box.addEventListener("change", () => this.typed());
    this.slider.addEventListener("input", () => {
      const text = this.slid();
      this.box.value = text;
      setText(this.message, "");
      this.events.onMove(parsePrevalence(text));
    });
    this.slider.addEventListener("change", () => this.events.onSay(this.slid()));
    this.off.addEventListener("click", () => { this.box.value = ""; this.typed(); });
  }

  slid() {
    const share = 1 / (1 + Math.exp(-Number(this.slider.value)));
    const percent = 100 * share;
    return `${Number(percent > 99 ? percent.toFixed(3) : percent.toPrecision(2))} %`;
  }

  typed() {
    const text = this.box.value.trim();
    const found = parsePrevalence(text);
    setText(this.message, text && found === null ? "Write it as 1 in 200, 0.5 % or 0.005: a share between 0 and 1." : "");
    if (text && found === null) return;
    this.events.onMove(found);
    this.events.onSay(text);
  }

  /** @param {string} text @param {{positives: number, negatives: number}} table */
  take(text, { positives, negatives }) {
    this.own = positives / (positives + negatives);
    if (this.box.getRootNode().activeElement !== this.box) this.box.value = text;
    const alone = !(this.own > 0 && this.own < 1);
    this.box.disabled = this.slider.disabled = alone;
    if (alone) setText(this.message, "These data hold one class only: there is nothing to weigh.");
    setText(this.off, alone ? "As in these data" : `As in these data (${formatShare(this.own)})`);
  }

  /** @param {import("./lens.js").Lens} lens @param {Record<string, number>} now rates there @param {Record<string, number>} here as counted */
  move(lens, now, here) {
    this.off.setAttribute("aria-pressed", String(!lens.on));
    const share = lens.prevalence ?? this.own;
    if (this.slider.getRootNode().activeElement !== this.slider && share > 0 && share < 1) this.slider.value = String(logit(share));
    setText(this.words, lens.on
      ? `At prevalence ${formatPrevalence(lens.prevalence)}, ${formatShare(now.precision)} of the calls are right (here ${formatShare(here.precision)}), ` +
        `${formatShare(now.predicted_positive_rate)} of all cases are called (here ${formatShare(here.predicted_positive_rate)}), ` +
        `and ${formatShare(now.accuracy)} are right; a lazy rule is right in ${formatShare(Math.max(lens.prevalence, 1 - lens.prevalence))}.`
      : "Everything is shown as in these data. Move or type another share to see what the same model does there.");
  }
}
