/** The panels made of text: the sentence, the summary that stays in view, and the confusion matrix. */
import { countedWords, formatCount, formatDifference, formatPoints, formatScore, formatShare, perThousand } from "./base/numbers.js";
import { bound, html, quoted, setText } from "./base/svg.js";

/** @typedef {import("./base/metrics.js").Confusion} Confusion */
/** @typedef {import("./base/numbers.js").Words} Words */
/** @typedef {{positive: string, negative: string}} Names */
/** @typedef {{positive: {one: string, many: string}, negative: {one: string, many: string}}} Sides */
/** @typedef {{cases: string, cells: Record<string, {one: string, many: string}>, truth: Sides, call: Sides}} OwnWords how a person says it */

const CELLS = ["tn", "fp", "fn", "tp"];
/** The order in which people ask: what was caught, what was raised in vain, what slipped through. */
const SPOKEN = ["tp", "fp", "fn", "tn"];
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

  /** @param {Names} names @param {Words} words @param {OwnWords} [own] */
  draw(names, words, own) {
    this.names = names;
    this.words = words;
    this.own = own;
    this.cases = own ? own.cases : "cases";
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
    this.mark = html("span", { class: "op-mark", "data-op": "mark", hidden: "" });
    this.parts = html("span", {});
    this.thousand.replaceChildren(this.mark, this.parts);
    // Who said what a positive is, and what happens to one that is called, reads no label of the file.
    const label = () => (own ? [] : [quoted(names.positive)]);
    this.sentence.replaceChildren(
      "At threshold ", slot("threshold"), ", ", slot("flagged"), text("ofAll"), ...label(), text("colon"),
      slot("right"), text("rightWord"), slot("wrong"), text("wrongWord"),
      slot("missed"), text("ofPositives"), ...label(), text("missedShare"),
    );
  }

  /** @param {number} threshold @param {Confusion} c @param {Confusion} told the counts that are said @param {string} mark of another prevalence */
  move(threshold, c, told = c, mark = "") {
    const total = c.tn + c.fp + c.fn + c.tp;
    const flagged = c.tp + c.fp;
    const positives = c.tp + c.fn;
    const all = told.tn + told.fp + told.fn + told.tp;
    const called = told.tp + told.fp;
    const word = (cell) => (told[cell] === 1 ? this.words[cell].one : this.words[cell].many);
    setText(this.mark, mark);
    this.mark.hidden = !mark;
    setText(this.threshold, formatScore(threshold));
    setText(this.flagged, formatCount(called));
    const { own } = this;
    const calls = own ? own.call.positive[called === 1 ? "one" : "many"] : `${called === 1 ? "is" : "are"} called `;
    this.ofAll.data = bound(` of ${formatCount(all)} ${this.cases} (${formatShare(flagged / total)}) ${calls}`);
    this.colon.data = flagged > 0 ? ": " : ". ";
    setText(this.right, flagged > 0 ? formatCount(told.tp) : "");
    this.rightWord.data = flagged > 0 ? ` ${word("tp")} and ` : "";
    setText(this.wrong, flagged > 0 ? formatCount(told.fp) : "");
    this.wrongWord.data = bound(flagged > 0 ? ` ${word("fp")}, so that ${formatShare(c.tp / flagged)} of these calls are right. ` : "");
    setText(this.missed, formatCount(told.fn));
    const actual = told.tp + told.fn;
    this.ofPositives.data = ` of ${formatCount(actual)} ${own ? `that ${own.truth.positive[actual === 1 ? "one" : "many"]}` : "actual "}`;
    this.missedShare.data = bound(` ${told.fn === 1 ? "is" : "are"} ${this.words.fn.many}${positives > 0 ? ` (${formatShare(c.fn / positives)})` : ""}.`);
    const whole = perThousand(SPOKEN.map((cell) => c[cell]));
    const parts = SPOKEN.map((cell, i) => countedWords(this.own ? this.own.cells : this.words, cell, whole[i]));
    const side = 2 * positives > total ? "positive" : "negative";
    const always = own ? `saying that all ${own.truth[side].many}` : `always calling “${this.names[side]}”`;
    const lazy = Math.max(positives, total - positives) / total;
    // Elsewhere the sentence itself speaks of a round number of cases.
    setText(this.parts,
      `${mark ? "" : `In every 1,000 ${this.cases}: ${parts.join(", ")}. `}Right in ${formatShare((c.tp + c.tn) / total)} of all ${this.cases}; ` +
      `${always} would be right in ${formatShare(lazy)}.`);
  }

  /** Keep room for the longest that the sentence can say, so that the pictures stay where they are under the hand. */
  reserve({ positives, negatives }, lens) {
    const boxes = [this.sentence, this.thousand];
    for (const box of boxes) box.style.minHeight = "";
    const widest = { tp: positives, fp: negatives, fn: positives, tn: negatives };
    this.move(0.1234, widest, lens.told(widest), lens.mark);
    for (const box of boxes) box.style.minHeight = `${box.offsetHeight}px`;
  }

  /** Tell screen readers, once a move has come to rest. */
  announce() {
    this.live.textContent = this.sentence.textContent;
  }
}

/** The threshold and the four counts, which stay in view on a narrow screen while the pictures scroll. */
export class Summary {
  constructor(host) {
    this.host = host;
  }

  /** @param {Words} words */
  draw(words) {
    this.words = words;
    this.threshold = html("strong", {});
    this.cells = Object.fromEntries(SPOKEN.map((cell) => [cell, html("span", { class: `op-summary-cell op-summary-${cell}` })]));
    this.mark = html("span", {});
    this.host.replaceChildren(html("span", { class: "op-summary-threshold" }, ["threshold ", this.threshold, this.mark]), ...Object.values(this.cells));
  }

  /** @param {Confusion} c @param {string} text @param {string} mark */
  move(c, text, mark) {
    setText(this.threshold, text);
    setText(this.mark, mark ? `. ${mark}` : "");
    for (const cell of SPOKEN) setText(this.cells[cell], countedWords(this.words, cell, c[cell]));
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

  /** @param {Names} names @param {Words} words @param {OwnWords} [own] */
  draw(names, words, own) {
    this.words = words;
    this.parts = {};
    const button = (cell) => {
      const value = html("span", { class: "op-cell-value" });
      const detail = html("span", { class: "op-cell-detail" });
      const word = html("span", { class: "op-cell-word" });
      const element = html("button", { type: "button", class: `op-cell op-cell-${cell}`, "data-cell": cell, "aria-pressed": "false", title: own ? own.cells[cell].many : "" }, [
        word, value, html("span", { class: "op-cell-technical" }, [words[cell].technical]), detail,
      ]);
      element.addEventListener("click", () => this.onCell(cell));
      this.parts[cell] = { element, value, detail, word };
      return element;
    };
    const [tn, fp, fn, tp] = CELLS.map(button);
    this.totals = ["negative", "positive"].map(() => html("span", { class: "op-subtle" }));
    const actual = (side, i) => html("div", { class: "op-row-head" }, [html("span", {}, own ? [own.truth[side].many] : ["actual ", quoted(names[side])]), this.totals[i]]);
    const called = (side) => html("div", { class: "op-column-head" }, own ? [own.call[side].many] : ["called ", quoted(names[side])]);
    this.cells.replaceChildren(
      html("div", { class: "op-corner" }), called("negative"), called("positive"),
      actual("negative", 0), tn, fp, actual("positive", 1), fn, tp,
    );
    this.mark();
  }

  /** @param {Confusion} c @param {Confusion|null} pinned @param {Confusion} told the counts that are shown @param {Confusion|null} toldPinned */
  move(c, pinned, told = c, toldPinned = pinned) {
    this.last = [c, pinned, told, toldPinned];
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
    for (const [cell, { element, value, detail, word }] of Object.entries(this.parts)) {
      const share = shares(now[cell]);
      const counted = this.share === "count";
      const shown = counted ? formatCount(told[cell]) : formatShare(share[this.share]);
      const words = this.words[cell];
      setText(value, shown);
      setText(word, told[cell] === 1 ? words.one : words.many);
      const more = then
        ? counted
          ? `${formatDifference(told[cell] - toldPinned[cell], formatCount)} to pinned`
          : `${formatDifference(share[this.share] - shares(then[cell])[this.share], formatPoints)} to pinned`
        : counted ? `${formatShare(share.row)} of row` : formatCount(told[cell]);
      setText(detail, more);
      element.dataset.value = String(told[cell]);
      element.setAttribute("aria-label", `${words.many} (${words.technical}): ${shown}, ${more}. Show these cases`);
    }
    setText(this.totals[0], formatCount(told.tn + told.fp));
    setText(this.totals[1], formatCount(told.fn + told.tp));
  }

  /** @param {string|null} cell */
  select(cell) {
    for (const [name, { element }] of Object.entries(this.parts)) element.setAttribute("aria-pressed", String(name === cell));
  }
}
