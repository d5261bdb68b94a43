/** The rates of the present point, with their intervals; a picker says which. */
import { proportion, rates } from "./base/metrics.js";
import { formatCoefficient, formatCount, formatDifference, formatPoints, formatShare, formatShareRange } from "./base/numbers.js";
import { html, setText } from "./base/svg.js";
import { Explained } from "./base/explained.js";

/** @typedef {import("./base/metrics.js").Confusion} Confusion */
/** @typedef {{name: string, label: string, short: string, formula: string, caveat: string, coefficient: boolean, unbounded: boolean}} TileData */

export class Tiles {
  constructor(host, picker, onChoose) {
    this.host = host;
    this.picker = picker;
    this.onChoose = onChoose;
  }

  /** @param {TileData[]} all @param {string[]} chosen */
  draw(all, chosen) {
    this.shown = all.filter(({ name }) => chosen.includes(name)).map((data) => {
      const value = html("span", { class: "op-tile-value" });
      const detail = html("span", { class: "op-tile-detail" });
      const bar = html("span", { class: "op-tile-bar" });
      const band = html("span", { class: "op-tile-band" });
      const dot = html("span", { class: "op-tile-dot" });
      const note = html("span", { class: "op-tile-note" });
      bar.append(band, dot);
      const element = html("div", { class: "op-tile", "data-metric": data.name }, [
        html("span", { class: "op-tile-label" }, [data.label]), value, bar, detail, note,
      ]);
      return { ...data, element, value, detail, band, dot, note, explained: new Explained(element, data, all) };
    });
    this.host.replaceChildren(...this.shown.map(({ element }) => element));
    this.picker.replaceChildren(...all.map(({ name, label, short }) => {
      const box = html("input", { type: "checkbox", value: name });
      box.checked = chosen.includes(name);
      box.addEventListener("change", () => {
        const now = all.map((each) => each.name).filter((each) => (each === name ? box.checked : chosen.includes(each)));
        this.onChoose(now);
      });
      return html("label", { title: short }, [box, ` ${label}`]);
    }));
  }

  /** @param {Confusion} c @param {Confusion|null} pinned @param {[number, number]} meanWeights @param {import("./decide/lens.js").Lens} lens */
  move(c, pinned, meanWeights, lens) {
    const now = rates(lens.at(c));
    const then = pinned && rates(lens.at(pinned));
    const told = lens.told(c);
    for (const tile of this.shown) {
      const { name, coefficient, unbounded } = tile;
      const format = coefficient || unbounded ? formatCoefficient : formatShare;
      const value = now[name];
      const band = lens.interval(name, c, meanWeights);
      setText(tile.value, format(value));
      tile.explained.move(c);
      tile.element.dataset.value = String(value);
      tile.element.dataset.low = String(band.low);
      tile.element.dataset.high = String(band.high);
      const known = !Number.isNaN(band.low);
      setText(tile.detail, Number.isNaN(value)
        ? undefinedReason(name, c)
        : !known ? "" : format === formatShare ? formatShareRange(band.low, band.high) : `${format(band.low)} to ${format(band.high)}`);
      // Coefficients run from -1 to 1, shares from 0 to 1.
      const place = (v) => Math.min(Math.max(coefficient ? (v + 1) / 2 : v, 0), 1);
      tile.dot.style.display = Number.isNaN(value) || unbounded ? "none" : "";
      tile.dot.style.left = `${100 * place(value)}%`;
      tile.band.style.left = known ? `${100 * place(band.low)}%` : "0";
      tile.band.style.width = known ? `${100 * (place(band.high) - place(band.low))}%` : "0";
      setText(tile.note, then
        ? formatDifference(value - then[name], format === formatShare ? formatPoints : format)
        : fraction(name, told));
    }
  }
}

/** "3,530 of 5,421" for a plain share. */
function fraction(name, c) {
  const counts = proportion(name, c);
  return counts ? `${formatCount(counts[0])} of ${formatCount(counts[1])}` : "";
}

/** Why a rate is undefined, in words. @param {string} name @param {Confusion} c */
function undefinedReason(name, c) {
  if (c.tp + c.fn === 0) return "no actual positives";
  if (c.tn + c.fp === 0) return "no actual negatives";
  if (c.tp + c.fp === 0) return "nothing is called positive";
  if (c.tn + c.fn === 0) return "everything is called positive";
  return name === "diagnostic_odds_ratio" ? "no errors of one kind" : "not defined here";
}
