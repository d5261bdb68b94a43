/** The panels made of text: the sentence, the confusion matrix and the tiles. */
import { interval, proportion, rates } from "./metrics.js";
import { formatCoefficient, formatCount, formatDifference, formatPerThousand, formatPoints, formatScore, formatShare, html, setText } from "./svg.js";

/** @typedef {import("./metrics.js").Confusion} Confusion */
/** @typedef {{name: string, label: string, short: string, formula: string, coefficient: boolean, unbounded: boolean}} TileData */

const CELLS = [
  { cell: "tn", title: "True negative", actual: "negative" },
  { cell: "fp", title: "False positive", actual: "negative" },
  { cell: "fn", title: "False negative", actual: "positive" },
  { cell: "tp", title: "True positive", actual: "positive" },
];
const SHARES = [
  { share: "count", label: "Count", title: "Number of cases" },
  { share: "row", label: "Row", title: "Share of the actual class (row)" },
  { share: "column", label: "Column", title: "Share of what was called so (column)" },
  { share: "all", label: "All", title: "Share of all cases" },
];

/** The sentence in plain words; only its numbers change. */
export class Story {
  constructor(sentence, thousand, live) {
    this.sentence = sentence;
    this.thousand = thousand;
    this.live = live;
  }

  /** @param {{positive: string, negative: string}} names */
  draw(names) {
    this.names = names;
    const slot = (name) => {
      const strong = html("strong", { "data-slot": name });
      this[name] = strong;
      return strong;
    };
    const text = (name) => {
      const node = document.createTextNode("");
      this[name] = node;
      return node;
    };
    this.sentence.replaceChildren(
      "At threshold ", slot("threshold"), ", ", slot("flagged"), text("ofAll"), ` called `,
      html("q", {}, [names.positive]), ". Of these, ", slot("right"), text("rightShare"), ". ",
      slot("missed"), text("ofPositives"), html("q", {}, [names.positive]), text("missedShare"),
    );
  }

  /** @param {number} threshold @param {Confusion} c */
  move(threshold, c) {
    const total = c.tn + c.fp + c.fn + c.tp;
    const flagged = c.tp + c.fp;
    const positives = c.tp + c.fn;
    setText(this.threshold, formatScore(threshold));
    setText(this.flagged, formatCount(flagged));
    this.ofAll.data = ` of ${formatCount(total)} cases (${formatShare(flagged / total)}) are`;
    setText(this.right, flagged > 0 ? formatCount(c.tp) : "none");
    this.rightShare.data = flagged > 0 ? ` are right (${formatShare(c.tp / flagged)})` : " can be right or wrong";
    setText(this.missed, formatCount(c.fn));
    this.ofPositives.data = ` of ${formatCount(positives)} actual `;
    this.missedShare.data = positives > 0 ? ` are missed (${formatShare(c.fn / positives)}).` : " are missed.";
    const per = (count) => formatPerThousand(count / total);
    setText(this.thousand,
      `In every 1,000 cases: ${per(flagged)} called “${this.names.positive}”, of which ${per(c.tp)} right and ` +
      `${per(c.fp)} false alarms; ${per(c.fn)} missed.`);
  }

  /** Tell screen readers, once a move has come to rest. */
  announce() {
    this.live.textContent = this.sentence.textContent;
  }
}

/** The 2 x 2 matrix: rows actual, columns called, negative first, as scikit-learn prints it. */
export class Matrix {
  constructor(cells, shares, onCell) {
    this.cells = cells;
    this.share = "count";
    this.onCell = onCell;
    this.buttons = SHARES.map(({ share, label, title }) => {
      const button = html("button", { type: "button", role: "radio", class: "op-segment", title, "data-share": share }, [label]);
      button.addEventListener("click", () => this.choose(share));
      button.addEventListener("keydown", (event) => this.arrow(event));
      return button;
    });
    shares.replaceChildren(...this.buttons);
  }

  arrow(event) {
    const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!move) return;
    const at = SHARES.findIndex(({ share }) => share === this.share);
    const next = (at + move + SHARES.length) % SHARES.length;
    this.choose(SHARES[next].share);
    this.buttons[next].focus();
    event.preventDefault();
  }

  choose(share) {
    this.share = share;
    this.mark();
    if (this.last) this.move(...this.last);
  }

  mark() {
    for (const button of this.buttons) {
      const on = button.dataset.share === this.share;
      button.setAttribute("aria-checked", String(on));
      button.tabIndex = on ? 0 : -1;
    }
  }

  /** @param {{positive: string, negative: string}} names */
  draw(names) {
    const head = (text, className) => html("div", { class: className }, [text]);
    this.parts = {};
    const button = ({ cell, title }) => {
      const value = html("span", { class: "op-cell-value" });
      const detail = html("span", { class: "op-cell-detail" });
      const element = html("button", { type: "button", class: `op-cell op-cell-${cell}`, "data-cell": cell, "aria-pressed": "false" }, [
        html("span", { class: "op-cell-title" }, [title]), value, detail,
      ]);
      element.addEventListener("click", () => this.onCell(cell));
      this.parts[cell] = { element, value, detail, title };
      return element;
    };
    const [tn, fp, fn, tp] = CELLS.map(button);
    this.totals = ["negative", "positive"].map(() => html("span", { class: "op-subtle" }));
    const actual = (name, i) => html("div", { class: "op-row-head" }, [html("span", {}, ["actual ", html("q", {}, [name])]), this.totals[i]]);
    const called = (name) => html("div", { class: "op-column-head" }, ["called ", html("q", {}, [name])]);
    this.cells.replaceChildren(
      head("", "op-corner"), called(names.negative), called(names.positive),
      actual(names.negative, 0), tn, fp, actual(names.positive, 1), fn, tp,
    );
    this.mark();
  }

  /** @param {Confusion} c @param {Confusion|null} pinned */
  move(c, pinned) {
    this.last = [c, pinned];
    const shares = (k) => ({
      row: k[0] / k[1], column: k[0] / k[2], all: k[0] / k[3],
    });
    const sums = (m) => {
      const total = m.tn + m.fp + m.fn + m.tp;
      return {
        tn: [m.tn, m.tn + m.fp, m.tn + m.fn, total], fp: [m.fp, m.tn + m.fp, m.fp + m.tp, total],
        fn: [m.fn, m.fn + m.tp, m.tn + m.fn, total], tp: [m.tp, m.fn + m.tp, m.fp + m.tp, total],
      };
    };
    const now = sums(c);
    const then = pinned && sums(pinned);
    for (const [cell, { element, value, detail, title }] of Object.entries(this.parts)) {
      const share = shares(now[cell]);
      const counted = this.share === "count";
      const shown = counted ? formatCount(c[cell]) : formatShare(share[this.share]);
      setText(value, shown);
      const more = then
        ? counted
          ? `${formatDifference(c[cell] - pinned[cell], formatCount)} to pinned`
          : `${formatDifference(share[this.share] - shares(then[cell])[this.share], formatPoints)} to pinned`
        : counted ? `${formatShare(share.row)} of row` : formatCount(c[cell]);
      setText(detail, more);
      element.dataset.value = String(c[cell]);
      element.setAttribute("aria-label", `${title}: ${shown}, ${more}. Show these cases`);
    }
    setText(this.totals[0], formatCount(c.tn + c.fp));
    setText(this.totals[1], formatCount(c.fn + c.tp));
  }

  /** @param {string|null} cell */
  select(cell) {
    for (const [name, { element }] of Object.entries(this.parts)) element.setAttribute("aria-pressed", String(name === cell));
  }
}

/** Tiles of rates with their intervals; a picker says which. */
export class Tiles {
  constructor(host, picker, onChoose) {
    this.host = host;
    this.picker = picker;
    this.onChoose = onChoose;
  }

  /**
   * @param {TileData[]} all @param {string[]} chosen
   * @param {{positive: string, negative: string}} names
   */
  draw(all, chosen, names) {
    this.names = names;
    this.shown = all.filter(({ name }) => chosen.includes(name)).map((data) => {
      const value = html("span", { class: "op-tile-value" });
      const detail = html("span", { class: "op-tile-detail" });
      const bar = html("span", { class: "op-tile-bar" });
      const band = html("span", { class: "op-tile-band" });
      const dot = html("span", { class: "op-tile-dot" });
      const note = html("span", { class: "op-tile-note" });
      bar.append(band, dot);
      const element = html("div", { class: "op-tile", "data-metric": data.name, title: `${data.short}\n${data.formula}` }, [
        html("span", { class: "op-tile-label" }, [data.label]), value, bar, detail, note,
      ]);
      return { ...data, element, value, detail, band, dot, note };
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

  /** @param {Confusion} c @param {Confusion|null} pinned @param {[number, number]} meanWeights */
  move(c, pinned, meanWeights) {
    const now = rates(c);
    const then = pinned && rates(pinned);
    const total = c.tn + c.fp + c.fn + c.tp;
    for (const tile of this.shown) {
      const { name, coefficient, unbounded } = tile;
      const format = coefficient || unbounded ? formatCoefficient : formatShare;
      const value = now[name];
      const band = interval(name, c, meanWeights);
      setText(tile.value, format(value));
      tile.element.dataset.value = String(value);
      tile.element.dataset.low = String(band.low);
      tile.element.dataset.high = String(band.high);
      const known = !Number.isNaN(band.low);
      setText(tile.detail, Number.isNaN(value)
        ? undefinedReason(name, c)
        : known ? `${format(band.low)} to ${format(band.high)}` : "");
      // Coefficients run from -1 to 1, shares from 0 to 1.
      const place = (v) => Math.min(Math.max(coefficient ? (v + 1) / 2 : v, 0), 1);
      tile.dot.style.display = Number.isNaN(value) || unbounded ? "none" : "";
      tile.dot.style.left = `${100 * place(value)}%`;
      tile.band.style.left = known ? `${100 * place(band.low)}%` : "0";
      tile.band.style.width = known ? `${100 * (place(band.high) - place(band.low))}%` : "0";
      setText(tile.note, then
        ? formatDifference(value - then[name], format === formatShare ? formatPoints : format)
        : name === "accuracy" ? this.baseline(c, total) : fraction(name, c));
    }
  }

  /** What always giving the commoner answer would reach. */
  baseline(c, total) {
    const positives = c.tp + c.fn;
    const commoner = 2 * positives > total ? this.names.positive : this.names.negative;
    return `always “${commoner}”: ${formatShare(Math.max(positives, total - positives) / total)}`;
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
  if (c.tp + c.fp === 0) return "nothing is flagged";
  if (c.tn + c.fn === 0) return "everything is flagged";
  return name === "diagnostic_odds_ratio" ? "no errors of one kind" : "not defined here";
}
