/** A rate explained: what it means, its formula with the present numbers, and what to beware of. */
import { rates } from "./metrics.js";
import { formatCoefficient, formatCount, formatShare } from "./numbers.js";
import { html, setText } from "./svg.js";

/** @typedef {import("./metrics.js").Confusion} Confusion */
/** @typedef {import("../tiles.js").TileData} TileData */

const EXPLAINED_WIDTH = 270;

/**
 * The formula with numbers for its names, as `_filled` of evalcore/describing/explained.py; a test holds both together.
 * @param {TileData} data @param {Confusion} c @param {TileData[]} all
 */
export function filledFormula(data, c, all) {
  const now = rates(c);
  const counts = { TP: c.tp, FP: c.fp, FN: c.fn, TN: c.tn, all: c.tn + c.fp + c.fn + c.tp };
  let text = data.formula.replace(/\b(TP|TN|FP|FN|2) (?=[TF][PN]\b|\()/g, "$1 · ").replaceAll(")(", ") · (");
  // Longer labels first: "False positive rate" before what is within it.
  for (const { label, name } of [...all].sort((a, b) => b.label.length - a.label.length)) {
    text = text.replaceAll(label, formatCoefficient(now[name]));
  }
  const value = now[data.name];
  if (Number.isNaN(value)) return "undefined";
  const shown = data.coefficient || data.unbounded ? formatCoefficient(value) : formatShare(value);
  return `${text.replace(/\b(TP|TN|FP|FN|all)\b/g, (name) => formatCount(counts[name]))} = ${shown}`;
}

/** The explanation of one tile: shown while the pointer is on it or the focus. */
export class Explained {
  /** @param {HTMLElement} host @param {TileData} data @param {TileData[]} all */
  constructor(host, data, all) {
    [this.host, this.data, this.all] = [host, data, all];
    this.filled = html("code", {});
    const id = `op-explained-${data.name}-${Math.random().toString(36).slice(2, 8)}`;
    this.element = html("div", { class: "op-explained", role: "tooltip", id, hidden: "" }, [
      html("span", {}, [`${data.short[0].toUpperCase()}${data.short.slice(1)}.`]),
      html("code", {}, [data.formula]), this.filled,
      ...(data.caveat ? [html("span", { class: "op-subtle" }, [data.caveat])] : []),
    ]);
    host.tabIndex = 0;
    host.setAttribute("aria-describedby", id);
    host.append(this.element);
    for (const name of ["pointerenter", "focus"]) host.addEventListener(name, () => this.show());
    for (const name of ["pointerleave", "blur"]) host.addEventListener(name, () => { this.element.hidden = true; });
    host.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.element.hidden) return;
      this.element.hidden = true;
      event.stopPropagation();
    });
  }

  show() {
    this.element.hidden = false;
    this.fill();
    // Within the window, on whichever side there is room.
    const at = this.host.getBoundingClientRect();
    const wide = Math.min(EXPLAINED_WIDTH, document.documentElement.clientWidth - 16);
    const left = Math.min(0, document.documentElement.clientWidth - 8 - at.left - wide);
    this.element.style.width = `${wide}px`;
    this.element.style.left = `${Math.max(left, 8 - at.left)}px`;
    const above = at.bottom + this.element.offsetHeight + 8 > window.innerHeight && at.top > this.element.offsetHeight + 8;
    this.element.style.top = above ? "auto" : "100%";
    this.element.style.bottom = above ? "100%" : "auto";
  }

  /** @param {Confusion} c */
  move(c) {
    this.counts = c;
    if (!this.element.hidden) this.fill();
  }

  fill() {
    if (this.counts) setText(this.filled, `= ${filledFormula(this.data, this.counts, this.all)}`);
  }
}
