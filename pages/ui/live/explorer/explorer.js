/**
 * The explorer: one threshold, moved by hand, and every picture that follows it.
 *
 * Knows nothing of Streamlit: `createExplorer` draws into an element that holds explorer.html
 * and reports to callbacks. The same module serves the dashboard and a single offline file.
 */
import { Curve } from "./curve.js";
import { Histogram } from "./histogram.js";
import { Matrix, Story, Tiles } from "./panels.js";
import { RangeChoice } from "./range.js";
import { formatCoefficient, formatScore, formatShare, html, setText } from "./svg.js";
import { SweepTable, roundTo } from "./table.js";

/**
 * @typedef {Object} ExplorerData
 * @property {string} id changes whenever anything but the point changes
 * @property {import("./table.js").TableData} table
 * @property {import("./table.js").ExactPoint[]} points
 * @property {{roc: {x: number[], y: number[]}|null, precision_recall: {x: number[], y: number[]}|null}} paths
 * @property {import("./histogram.js").HistogramData} histogram
 * @property {string} histogram_note
 * @property {{positive: string, negative: string}} names
 * @property {{roc_auc: number|null, low: number|null, high: number|null, average_precision: number|null}} summary
 * @property {{rule: string, label: string, explanation: string, threshold: number|null}[]} presets  null: not defined for these data
 * @property {import("./panels.js").TileData[]} metrics
 * @property {string[]} tiles names of the rates that are shown
 * @property {[number, number]} mean_weights of positives and of negatives
 * @property {number} threshold
 * @property {number|null} pinned
 * @property {string|null} cell
 * @property {import("./range.js").ScoreRange|null} range the scores whose cases are shown
 * @property {number} revision raised when something other than the explorer moved the threshold
 */
/** @typedef {{onCommit: (threshold: number) => void, onPin: (threshold: number|null) => void, onCell: (cell: string) => void, onTiles: (names: string[]) => void, onRange: (range: import("./range.js").ScoreRange|null) => void}} Callbacks */

/** Keys rest this long before the move is reported. */
const KEY_REST_MS = 250;
/** The slider's fine and coarse steps, as shares of the axis. */
const FINE = 1000;
const COARSE = 20;

class Explorer {
  /** @param {HTMLElement} root the element of class op-explorer @param {Callbacks} callbacks */
  constructor(root, callbacks) {
    this.root = root;
    this.callbacks = callbacks;
    const parts = Object.fromEntries([...root.querySelectorAll("[data-op]")].map((each) => [each.dataset.op, each]));
    this.part = (name) => /** @type {HTMLElement} */ (parts[name]);
    this.tooltip = html("div", { class: "op-tooltip", hidden: "" });
    root.append(this.tooltip);
    this.story = new Story(this.part("sentence"), this.part("thousand"), this.part("live"));
    this.matrix = new Matrix(this.part("cells"), this.part("shares"), (cell) => this.pickCell(cell));
    this.tiles = new Tiles(this.part("tiles"), this.part("picker"), (names) => this.pickTiles(names));
    this.histogram = new Histogram(this.part("histogram-plot"), {
      onMove: (score) => this.want(score),
      onRelease: () => this.commit(),
      onHover: (text, x, y) => this.showTip(this.part("histogram-plot"), text, x, y),
      onRange: {
        onWant: (range) => this.chosen.want(range),
        onRelease: () => this.chosen.commit(),
        onCancel: () => this.chosen.cancel(),
      },
    });
    this.chosen = new RangeChoice(this.part("select"), this.part("chosen"), this.histogram, (range) => {
      this.selectCell();
      callbacks.onRange(range);
    });
    const curve = (name, label) => new Curve(this.part(`${name}-plot`), label, {
      onRow: (row) => this.wantRow(row),
      onRelease: () => this.commit(),
      onKey: (event) => this.key(event),
      onHover: (row, x, y) => this.showTip(this.part(`${name}-plot`), row === null ? null : this.describeRow(row), x, y),
    });
    this.roc = curve("roc", "Operating point on the ROC curve");
    this.pr = curve("pr", "Operating point on the precision-recall curve");
    this.range = /** @type {HTMLInputElement} */ (this.part("range"));
    this.range.addEventListener("input", () => this.want(Number(this.range.value)));
    this.range.addEventListener("change", () => this.commit());
    this.range.addEventListener("keydown", (event) => this.key(event));
    this.part("pin").addEventListener("click", () => this.togglePin());
    this.part("scale").addEventListener("click", () => {
      this.histogram.sameScale = !this.histogram.sameScale;
      this.layout();
    });
    this.frame = 0;
    this.rest = 0;
    this.observer = new ResizeObserver(() => { if (this.data && this.root.clientWidth !== this.width) this.layout(); });
    this.observer.observe(root);
  }

  /** Take new data. The point moves only when the revision says that somebody else moved it. @param {ExplorerData} data */
  update(data) {
    const fresh = !this.data || this.data.id !== data.id;
    const moved = !this.data || this.data.revision !== data.revision;
    const tilesChanged = !this.data || String(this.data.tiles) !== String(data.tiles);
    this.data = data;
    // The point that somebody else chose comes with its exact row.
    if (fresh || moved) this.takeTable();
    if (fresh || moved) {
      this.cancelPending();
      this.position = this.table.nearest(data.threshold);
      this.setPinned(data.pinned);
      this.chosen.show(data.range);
    }
    this.cell = data.cell;
    if (fresh || moved || tilesChanged) this.layout();
    else this.selectCell();
    this.theme();
  }

  takeTable() {
    const { table, points, summary } = this.data;
    this.table = new SweepTable(table, points);
    const { positives, negatives } = this.table;
    this.recall = this.table.tp.map((tp) => tp / positives);
    this.fpr = this.table.fp.map((fp) => fp / negatives);
    this.precision = this.table.tp.map((tp, i) => tp / (tp + this.table.fp[i]));
    const auc = summary.roc_auc === null ? "AUC –" : `AUC ${formatCoefficient(summary.roc_auc)}`;
    const known = summary.low !== null && summary.high !== null;
    this.part("roc-figure").textContent =
      known ? `${auc} (95 % ${formatCoefficient(summary.low)} to ${formatCoefficient(summary.high)})` : auc;
    this.part("roc-figure").dataset.value = String(summary.roc_auc);
    this.part("pr-figure").textContent =
      summary.average_precision === null ? "AP –" : `Average precision ${formatCoefficient(summary.average_precision)}`;
    this.part("pr-figure").dataset.value = String(summary.average_precision);
    this.presets = this.data.presets.map((preset) => {
      const button = html("button", { type: "button", class: "op-button", title: preset.explanation, "data-rule": preset.rule }, [preset.label]);
      button.disabled = preset.threshold === null;
      button.addEventListener("click", () => { this.want(preset.threshold); this.commit(); });
      return button;
    });
    this.part("presets").replaceChildren(...this.presets);
  }

  /** Draw all that does not move, for the present width. */
  layout() {
    this.width = this.root.clientWidth;
    if (!this.width) return;
    const { names, histogram, histogram_note: note, metrics, tiles } = this.data;
    this.story.draw(names);
    this.matrix.draw(names);
    this.tiles.draw(metrics, tiles, names);
    this.part("histogram-note").textContent = note;
    this.part("legend").replaceChildren(
      html("span", {}, [html("i", { class: "op-key op-key-negative" }), html("q", {}, [names.negative]), " above"]),
      html("span", {}, [html("i", { class: "op-key op-key-positive" }), html("q", {}, [names.positive]), " below"]),
      html("span", {}, [html("i", { class: "op-key op-key-wrong" }), "called wrongly"]),
    );
    this.part("scale").textContent = this.histogram.sameScale ? "Each to its own height" : "Both to one scale";
    this.part("scale").setAttribute("aria-pressed", String(this.histogram.sameScale));
    const wide = this.width >= 760;
    this.histogram.draw(histogram, names, this.part("histogram-plot").clientWidth, wide ? 300 : 260);
    this.range.min = String(this.histogram.low);
    this.range.max = String(this.histogram.high);
    this.digits = Math.ceil(Math.log10(FINE / (this.histogram.high - this.histogram.low)));
    this.chosen.take(this.table, names, this.digits);
    const prevalence = this.table.positives / (this.table.positives + this.table.negatives);
    const plot = (name) => this.part(`${name}-plot`).clientWidth;
    const height = wide ? 330 : 280;
    this.roc.draw({
      x: this.fpr, y: this.recall, path: this.data.paths.roc, reference: [0, 0, 1, 1], referenceLabel: "guessing",
      xTitle: "False-positive rate: share of negatives flagged", yTitle: "Recall: share of positives caught",
    }, plot("roc"), height);
    this.pr.draw({
      x: this.recall, y: this.precision, path: this.data.paths.precision_recall,
      reference: [0, prevalence, 1, prevalence], referenceLabel: `prevalence ${formatShare(prevalence)}`,
      xTitle: "Recall: share of positives caught", yTitle: "Precision: share of flagged that are right",
    }, plot("pr"), height);
    this.drawPinned();
    this.selectCell();
    this.draw();
    this.story.announce();
  }

  /** Move towards a score; drawn with the next frame. @param {number} score */
  want(score) {
    const rounded = roundTo(score, this.digits);
    // A preset or a shared threshold may have more digits than a pixel: keep it where it is exact.
    const exact = this.data.presets.some((preset) => preset.threshold === score);
    this.go(this.table.nearest(exact ? score : rounded));
  }

  /** @param {number} row */
  wantRow(row) {
    this.go({ row, threshold: this.table.name(row) });
  }

  /** @param {import("./table.js").Position} position */
  go(position) {
    this.position = position;
    this.unsaid = true;
    if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; this.draw(); });
  }

  /** Everything that follows the threshold. Reads nothing of the page, so that the browser lays it out once. */
  draw() {
    const { row, threshold } = this.position;
    const counts = this.table.confusion(row);
    const pinned = this.pinned && this.table.confusion(this.pinned.row);
    const text = formatScore(threshold);
    this.story.move(threshold, counts);
    this.histogram.move(threshold, counts, text);
    this.matrix.move(counts, pinned);
    this.tiles.move(counts, pinned, this.data.mean_weights);
    const spoken = this.describeRow(row, text);
    this.roc.move(this.fpr[row], this.recall[row], spoken);
    this.pr.move(this.recall[row], this.precision[row], spoken);
    this.range.value = String(threshold);
    this.range.setAttribute("aria-valuetext", spoken);
    this.root.dataset.threshold = String(threshold);
    this.presets.forEach((button, i) => {
      button.setAttribute("aria-pressed", String(this.data.presets[i].threshold === threshold));
    });
    const pin = this.part("pin");
    setText(pin, this.pinned ? `Unpin ${formatScore(this.pinned.threshold)}` : "Pin this point");
    pin.setAttribute("aria-pressed", String(Boolean(this.pinned)));
  }

  /** @param {number} row */
  describeRow(row, text = formatScore(this.table.name(row))) {
    return `Threshold ${text}: recall ${formatShare(this.recall[row])}, false-positive rate ${formatShare(this.fpr[row])}, ` +
      `precision ${formatShare(this.precision[row])}`;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { low, high } = this.histogram;
    const fine = Math.max((high - low) / FINE, 10 ** -this.digits);
    const coarse = (high - low) / COARSE;
    const step = {
      ArrowRight: fine, ArrowUp: fine, ArrowLeft: -fine, ArrowDown: -fine, PageUp: coarse, PageDown: -coarse,
    }[event.key];
    const last = this.table.length - 1;
    if (step !== undefined) {
      this.go(this.table.step(this.position, roundTo(this.position.threshold + step, this.digits)));
    } else if (event.key === "Home") this.wantRow(last);
    else if (event.key === "End") this.wantRow(0);
    else return;
    event.preventDefault();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.commit(), KEY_REST_MS);
  }

  /** The hand has let go: say it once. */
  commit() {
    clearTimeout(this.rest);
    if (!this.unsaid) return;
    this.unsaid = false;
    if (this.frame) { cancelAnimationFrame(this.frame); this.frame = 0; this.draw(); }
    this.story.announce();
    this.callbacks.onCommit(this.position.threshold);
  }

  cancelPending() {
    clearTimeout(this.rest);
    if (this.frame) cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.unsaid = false;
  }

  togglePin() {
    this.setPinned(this.pinned ? null : this.position.threshold);
    this.drawPinned();
    this.draw();
    this.callbacks.onPin(this.pinned ? this.pinned.threshold : null);
  }

  /** @param {number|null} threshold */
  setPinned(threshold) {
    this.pinned = threshold === null || threshold === undefined ? null : this.table.nearest(threshold);
  }

  drawPinned() {
    const row = this.pinned ? this.pinned.row : -1;
    this.histogram.pin(this.pinned ? this.pinned.threshold : null);
    this.roc.pin(this.fpr[row] ?? NaN, this.recall[row] ?? NaN);
    this.pr.pin(this.recall[row] ?? NaN, this.precision[row] ?? NaN);
  }

  /** @param {string} cell */
  pickCell(cell) {
    this.cell = cell;
    this.chosen.show(null);
    this.selectCell();
    this.callbacks.onCell(cell);
  }

  /** The cases below are those of a cell or of a range, never of both. */
  selectCell() {
    this.matrix.select(this.chosen.range ? null : this.cell);
  }

  /** @param {string[]} names */
  pickTiles(names) {
    this.data = { ...this.data, tiles: names };
    this.tiles.draw(this.data.metrics, names, this.data.names);
    this.draw();
    this.callbacks.onTiles(names);
  }

  /** @param {HTMLElement} host @param {string|null} text */
  showTip(host, text, x, y) {
    this.tooltip.hidden = text === null;
    if (text === null) return;
    this.tooltip.textContent = text;
    const from = host.getBoundingClientRect();
    const to = this.root.getBoundingClientRect();
    const left = from.left - to.left + x;
    const wide = Math.min(260, this.width - 16);
    this.tooltip.style.maxWidth = `${wide}px`;
    this.tooltip.style.left = `${Math.min(Math.max(left - wide / 2, 4), this.width - wide - 4)}px`;
    this.tooltip.style.top = `${from.top - to.top + y + 18}px`;
  }

  /** Light or dark, by the page's own background. */
  theme() {
    const colour = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    const probe = html("span", { style: `color: ${/^[#a-z0-9(),.%\s/-]+$/i.test(colour) ? colour : "white"}` });
    this.root.append(probe);
    const [r, g, b] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
    probe.remove();
    this.root.dataset.theme = 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light";
  }

  destroy() {
    this.cancelPending();
    this.chosen.destroy();
    this.observer.disconnect();
    this.tooltip.remove();
  }
}

/**
 * Make an explorer inside an element that holds explorer.html.
 * @param {HTMLElement} root @param {Callbacks} callbacks
 */
export function createExplorer(root, callbacks) {
  return new Explorer(root, callbacks);
}
