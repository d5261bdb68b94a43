/**
 * The explorer: one threshold, moved by hand, and every picture that follows it.
 *
 * Knows nothing of Streamlit: `createExplorer` draws into an element that holds explorer.html
 * and reports to callbacks. The same module serves the dashboard and a single offline file.
 */
import { Curve } from "./curve.js";
import { SCALES } from "./heights.js";
import { Histogram } from "./histogram.js";
import { Desk } from "./decide/desk.js";
import { formatPrevalence } from "./decide/lens.js";
import { countedWords, formatCoefficient, formatCount, formatScore, formatShare } from "./base/numbers.js";
import { Matrix, Story, Summary } from "./panels.js";
import { gridTop, rowHeights, scrollToEdge } from "./places.js";
import { presetButton } from "./presets.js";
import { RangeChoice } from "./range.js";
import { pictureOf, saveMenu } from "./saving.js";
import { html, quoted, setText } from "./base/svg.js";
import { SweepTable, roundTo } from "./base/table.js";
import { Tooltip, markTheme } from "./base/tooltip.js";
import { Tiles } from "./tiles.js";

/**
 * @typedef {Object} ExplorerData
 * @property {string} id changes whenever anything but the point changes
 * @property {import("./base/table.js").TableData} table
 * @property {import("./base/table.js").ExactPoint[]} points
 * @property {{roc: {x: number[], y: number[]}|null, precision_recall: {x: number[], y: number[]}|null}} paths
 * @property {import("./histogram.js").HistogramData} histogram
 * @property {string} histogram_note
 * @property {{positive: string, negative: string}} names
 * @property {{roc_auc: number|null, low: number|null, high: number|null, average_precision: number|null}} summary
 * @property {import("./base/numbers.js").Words} cells what the cases of each cell are called
 * @property {import("./panels.js").OwnWords} [own_words] where a person has said how to say it
 * @property {import("./presets.js").PresetData[]} presets
 * @property {import("./tiles.js").TileData[]} metrics
 * @property {string[]} tiles names of the rates that are shown
 * @property {[number, number]} mean_weights of positives and of negatives
 * @property {number} threshold
 * @property {number|null} pinned
 * @property {string|null} cell
 * @property {string} [within] which rows are counted, where it is not all of them
 * @property {import("./range.js").ScoreRange|null} range the scores whose cases are shown
 * @property {import("./decide/desk.js").Told} told what goals, costs and the rest come to
 * @property {number} revision raised when something other than the explorer moved the threshold
 */
/** @typedef {{onCommit: (threshold: number) => void, onPin: (threshold: number|null) => void, onCell: (cell: string) => void, onTiles: (names: string[]) => void, onRange: (range: import("./range.js").ScoreRange|null) => void, onDesk: (state: import("./decide/desk.js").DeskState) => void}} Callbacks */

/** Keys rest this long before the move is reported. */
const KEY_REST_MS = 250;
/** The slider's fine and coarse steps, as shares of the axis. */
const FINE = 1000;
const COARSE = 20;
/** From this width on the pictures stand side by side, in two rows that fit the window. */
const WIDE = 760;
/** In lower rows than this, type is smaller and what can be left out is. */
const TIGHT_ROW = 286;
/** How many operating points have a button in the open, by width; all others are in the menu. */
const OPEN_PRESETS = [[900, 3], [560, 2], [0, 0]];

class Explorer {
  /** @param {HTMLElement} root the element of class op-explorer @param {Callbacks} callbacks */
  constructor(root, callbacks) {
    this.root = root;
    this.callbacks = callbacks;
    const parts = Object.fromEntries([...root.querySelectorAll("[data-op]")].map((each) => [each.dataset.op, each]));
    this.part = (name) => /** @type {HTMLElement} */ (parts[name]);
    this.tooltip = new Tooltip(root);
    this.story = new Story(this.part("sentence"), this.part("thousand"), this.part("live"));
    this.summary = new Summary(this.part("summary"));
    this.matrix = new Matrix(this.part("cells"), this.part("shares"), (cell) => this.pickCell(cell));
    this.tiles = new Tiles(this.part("tiles"), this.part("picker"), (names) => this.pickTiles(names));
    this.histogram = new Histogram(this.part("histogram-plot"), {
      onGrab: () => { this.held = this.position; },
      onDrop: () => this.drop(),
      onMove: (score) => this.want(score),
      onRelease: () => this.commit(),
      onHover: (text, x, y) => this.tooltip.show(this.part("histogram-plot"), text, x, y),
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
      onHover: (row, x, y) => this.tooltip.show(this.part(`${name}-plot`), row === null ? null : this.describeRow(row), x, y),
    });
    this.roc = curve("roc", "Operating point on the ROC curve");
    this.pr = curve("pr", "Operating point on the precision-recall curve");
    this.range = /** @type {HTMLInputElement} */ (this.part("range"));
    this.range.addEventListener("input", () => this.want(Number(this.range.value)));
    this.range.addEventListener("change", () => this.commit());
    this.range.addEventListener("keydown", (event) => this.key(event));
    this.part("pin").addEventListener("click", () => this.togglePin());
    this.scale = /** @type {HTMLSelectElement} */ (this.part("scale"));
    this.scale.append(...SCALES.map(({ scale, label }) => html("option", { value: scale }, [label])));
    this.scale.addEventListener("change", () => {
      this.histogram.scale = this.scale.value;
      this.layout();
    });
    this.part("to-cases").addEventListener("click", () => this.toCases());
    const [card, tabs, body, open, close] = ["tool", "tool-tabs", "tool-body", "tool-open", "tool-close"].map(this.part);
    this.desk = new Desk({ root, card, tabs, body, open, close }, {
      onSay: (state) => callbacks.onDesk(state),
      onGo: (threshold) => { this.go(this.table.nearest(threshold)); this.commit(); },
      onLens: () => this.lookAgain(),
      onOpen: () => this.layout(),
    });
    this.addSaveMenus();
    root.addEventListener("keydown", (event) => this.escape(event));
    root.addEventListener("click", (event) => this.closeMenus(event.target));
    this.frame = 0;
    this.rest = 0;
    this.observer = new ResizeObserver(() => { if (this.data && this.root.clientWidth !== this.width) this.layout(); });
    this.observer.observe(root);
    this.onResize = () => { if (this.data && window.innerHeight !== this.windowHeight) this.layout(); };
    window.addEventListener("resize", this.onResize);
  }

  /** Pixels of the window that the host's own header covers. */
  get header() {
    return parseFloat(getComputedStyle(this.root).getPropertyValue("--op-header")) || 0;
  }

  addSaveMenus() {
    const pictures = {
      histogram: ["Scores by actual class", () => this.histogram.svg],
      matrix: ["Confusion matrix", () => this.part("cells")],
      roc: ["ROC curve", () => this.roc.svg],
      pr: ["Precision–recall curve", () => this.pr.svg],
      rates: ["Rates with 95 % intervals", () => this.part("tiles")],
    };
    for (const place of this.root.querySelectorAll("[data-save]")) {
      const [title, source] = pictures[place.dataset.save];
      place.append(saveMenu(title, () => pictureOf(source(), { title, text: this.caption(), root: this.root })));
    }
  }

  /** What a saved picture says of its point. */
  caption() {
    const { lens } = this.desk;
    const counts = lens.told(this.table.confusion(this.position.row));
    const said = ["tp", "fp", "fn", "tn"].map((cell) => countedWords(this.data.cells, cell, counts[cell])).join(", ");
    const mark = lens.on ? `${lens.mark}, of ${formatCount(lens.base)} cases. ` : "";
    const rows = this.data.within ? ` within ${this.data.within}` : "";
    const own = this.data.own_words;
    const called = own ? `${own.cases} that ${own.call.positive.many}` : `“${this.data.names.positive}”`;
    return `${mark}${called} from threshold ${formatScore(this.position.threshold)}${rows}: ${said}`;
  }

  /** Take new data. The point moves only when the revision says that somebody else moved it. @param {ExplorerData} data */
  update(data) {
    const { theme } = this.root.dataset;
    // First: what is painted takes the theme's colours.
    markTheme(this.root);
    const fresh = !this.data || this.data.id !== data.id;
    const moved = !this.data || this.data.revision !== data.revision;
    const told = !this.data || (this.data.told.id !== data.told.id && this.desk.answers(data.told));
    const tilesChanged = !this.data || String(this.data.tiles) !== String(data.tiles);
    this.data = data;
    // The point that somebody else chose comes with its exact row.
    if (fresh || moved || told) this.takeTable();
    if (fresh || moved) {
      this.cancelPending();
      this.position = this.table.nearest(data.threshold);
      this.setPinned(data.pinned);
      this.chosen.show(data.range);
    } else if (told) {
      this.position = this.table.nearest(this.position.threshold);
      this.setPinned(this.pinned ? this.pinned.threshold : null);
    }
    this.cell = data.cell;
    if (fresh || moved || told || tilesChanged || theme !== this.root.dataset.theme || Math.abs(gridTop(this.part("grid")) - this.top) > 4) this.layout();
    else this.selectCell();
  }

  takeTable() {
    const { table, points, summary } = this.data;
    this.table = new SweepTable(table, points);
    const { positives, negatives } = this.table;
    this.recall = this.table.tp.map((tp) => tp / positives);
    this.fpr = this.table.fp.map((fp) => fp / negatives);
    if (this.desk.answers(this.data.told)) this.desk.take(this.data.told, this.table, this.data);
    this.precision = this.table.tp.map((tp, i) => this.desk.lens.precision(tp, this.table.fp[i]));
    const auc = summary.roc_auc === null ? "AUC –" : `AUC ${formatCoefficient(summary.roc_auc)}`;
    const known = summary.low !== null && summary.high !== null;
    const range = `95 % interval ${formatCoefficient(summary.low)} to ${formatCoefficient(summary.high)}`;
    this.part("roc-figure").replaceChildren(auc, ...(known ? [html("span", { class: "op-figure-range" }, [` (${range})`])] : []));
    this.part("roc-figure").title = known ? range : "";
    this.part("roc-figure").dataset.value = String(summary.roc_auc);
    this.presets = this.data.presets.map((preset) => presetButton(preset, {
      onChoose: () => { this.closeMenus(null); this.want(preset.threshold); this.commit(); },
      onTip: (button, text) => this.tooltip.show(button, text, button.offsetWidth / 2, button.offsetHeight - 8),
    }));
  }

  /** The first operating points stand in the open, as many as there is room for. */
  placePresets() {
    const open = OPEN_PRESETS.find(([width]) => this.width >= width)[1];
    this.part("presets").replaceChildren(...this.presets.slice(0, open));
    this.part("more-presets").replaceChildren(...this.presets.slice(open));
    this.part("more").hidden = this.presets.length <= open;
    setText(this.part("more").querySelector("summary"), open ? "More points" : "Choose an operating point");
  }

  /** Draw all that does not move, for the present width. */
  layout() {
    this.width = this.root.clientWidth;
    if (!this.width) return;
    this.windowHeight = window.innerHeight;
    const { names, cells, own_words: own, histogram, histogram_note: note, metrics, tiles } = this.data;
    this.story.draw(names, cells, own);
    this.summary.draw(cells);
    this.matrix.draw(names, cells, own);
    this.tiles.draw(metrics, tiles);
    this.placePresets();
    this.part("histogram-note").textContent = note;
    const { scale, says, more } = SCALES.find((each) => each.scale === this.histogram.scale) ?? SCALES[0];
    this.scale.value = scale;
    const actual = (side) => (own ? [own.truth[side].many] : ["actual ", quoted(names[side])]);
    this.part("legend").replaceChildren(
      html("span", {}, [html("i", { class: "op-key op-key-negative" }), ...actual("negative"), " above"]),
      html("span", {}, [html("i", { class: "op-key op-key-positive" }), ...actual("positive"), " below"]),
      html("span", {}, [html("i", { class: "op-key op-key-wrong" }), "called wrongly"]),
      html("span", {}, [says, html("span", { class: "op-long" }, [`: ${more}`])]),
    );
    // Texts take their lines before what is left of the window is shared out.
    this.story.reserve(this.table, this.desk.lens);
    this.drawTexts();
    const wide = this.width >= WIDE;
    this.top = gridTop(this.part("grid"));
    const rows = rowHeights(this.part("grid"), this.header);
    rows.forEach((row, i) => this.root.style.setProperty(`--op-row-${i + 1}`, wide ? `${row}px` : "auto"));
    this.root.classList.toggle("op-tight", wide && rows[1] < TIGHT_ROW);
    const plot = (name, otherwise) => {
      const host = this.part(`${name}-plot`);
      const card = host.parentElement;
      const under = name === "histogram" && note ? this.part("histogram-note").offsetHeight + 4 : 0;
      const room = rows[name === "histogram" ? 0 : 1] - (host.getBoundingClientRect().top - card.getBoundingClientRect().top) - under - 10;
      return [host.clientWidth, wide ? Math.max(room, 120) : otherwise];
    };
    this.histogram.draw(histogram, names, cells, ...plot("histogram", 260), this.desk.lanes(this.root.classList.contains("op-tight")));
    this.range.min = String(this.histogram.low);
    this.range.max = String(this.histogram.high);
    this.digits = Math.ceil(Math.log10(FINE / (this.histogram.high - this.histogram.low)));
    this.chosen.take(this.table, names, this.digits);
    const caught = /** @type {[string, string]} */ (["Recall", "share of positives caught"]);
    this.roc.draw({
      x: this.fpr, y: this.recall, path: this.data.paths.roc, reference: [0, 0, 1, 1], referenceLabel: "guessing",
      xTitle: ["False-positive rate", "false alarms among negatives"], yTitle: caught,
    }, ...plot("roc", 280));
    this.pr.draw({
      ...this.precisionLines(), x: this.recall, xTitle: caught, yTitle: ["Precision", "share of these calls that are right"],
    }, ...plot("pr", 280));
    this.desk.draw(this);
    this.drawPinned();
    this.selectCell();
    this.draw();
    this.story.announce();
  }

  /** The precision-recall curve at the prevalence that is looked at. */
  precisionLines() {
    const { lens } = this.desk;
    const { summary, paths: { precision_recall: path }, told } = this.data;
    const prevalence = lens.prevalence ?? this.table.positives / (this.table.positives + this.table.negatives);
    // The area there hangs on every threshold: while the prevalence moves it is not known here.
    const area = !lens.on ? summary.average_precision : told.goal.prevalence === lens.prevalence ? told.average_precision : null;
    const figure = this.part("pr-figure");
    setText(figure, area === null ? "AP –" : `AP ${formatCoefficient(area)}`);
    figure.title = `Average precision${lens.on ? `. ${lens.mark}` : ""}`;
    figure.dataset.value = String(area);
    return {
      y: this.precision, path: path && lens.on ? { x: path.x, y: path.y.map((each) => lens.moved(each)) } : path,
      reference: [0, prevalence, 1, prevalence], referenceLabel: `prevalence ${lens.on ? formatPrevalence(prevalence) : formatShare(prevalence)}`,
    };
  }

  /** Another prevalence is looked at: what hangs on it is drawn with the next frame. */
  lookAgain() {
    this.looking = true;
    if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; this.draw(); });
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

  /** @param {import("./base/table.js").Position} position */
  go(position) {
    this.position = position;
    this.unsaid = true;
    if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; this.draw(); });
  }

  /** Everything that follows the threshold. Reads nothing of the page, so that the browser lays it out once. */
  draw() {
    const { row, threshold } = this.position;
    const { lens } = this.desk;
    const counts = lens.told(this.table.confusion(row));
    if (this.looking) {
      this.looking = false;
      this.precision = this.table.tp.map((tp, i) => lens.precision(tp, this.table.fp[i]));
      this.pr.redraw(this.precisionLines());
      this.desk.draw(this);
      this.drawPinned();
    }
    const text = formatScore(threshold);
    this.drawTexts();
    this.histogram.move(threshold, counts, text);
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

  drawTexts() {
    const { row, threshold } = this.position;
    const { lens } = this.desk;
    const counts = this.table.confusion(row);
    const pinned = this.pinned && this.table.confusion(this.pinned.row);
    const text = formatScore(threshold);
    const told = lens.told(counts);
    this.story.move(threshold, lens.at(counts), told, lens.mark);
    this.summary.move(told, text, lens.mark);
    setText(this.part("readout"), text);
    this.matrix.move(lens.at(counts), pinned && lens.at(pinned), told, pinned && lens.told(pinned));
    this.tiles.move(counts, pinned, this.data.mean_weights, lens);
    this.desk.move(row);
    setText(this.part("interval-note"), this.desk.isChosen(row) ? "optimistic: chosen on these rows" : "with 95 % intervals");
    const cell = this.cell ?? "fp";
    setText(this.part("to-cases"), this.chosen.range ? "See the cases of the range below ↓" : `See ${countedWords(this.data.cells, cell, counts[cell])} below ↓`);
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

  /** The browser took the pointer away: all is as it was before. */
  drop() {
    this.cancelPending();
    this.position = this.held;
    this.draw();
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
    this.drawTexts();
    this.callbacks.onCell(cell);
    this.toCases();
  }

  /** What follows the pictures on the page begins where they end. */
  toCases() {
    scrollToEdge(this.root, "bottom", this.header);
  }

  /** Escape closes what is open, and leads back from the cases to the pictures. @param {KeyboardEvent} event */
  escape(event) {
    if (event.key !== "Escape") return;
    const open = this.root.querySelector("details[open]");
    if (open) {
      open.removeAttribute("open");
      open.querySelector("summary").focus();
    } else if (this.root.getBoundingClientRect().top < this.header) scrollToEdge(this.root, "top", this.header);
    this.tooltip.show(this.root, null, 0, 0);
  }

  /** Menus close when something else is pressed. @param {EventTarget|null} pressed */
  closeMenus(pressed) {
    for (const menu of this.root.querySelectorAll("details[open]")) {
      if (!(pressed instanceof Node && menu.contains(pressed))) menu.removeAttribute("open");
    }
  }

  /** The cases below are those of a cell or of a range, never of both. */
  selectCell() {
    this.matrix.select(this.chosen.range ? null : this.cell);
  }

  /** @param {string[]} names */
  pickTiles(names) {
    this.data = { ...this.data, tiles: names };
    this.tiles.draw(this.data.metrics, names);
    this.draw();
    this.callbacks.onTiles(names);
  }

  destroy() {
    this.cancelPending();
    this.chosen.destroy();
    this.observer.disconnect();
    window.removeEventListener("resize", this.onResize);
    this.tooltip.element.remove();
  }
}

/**
 * Make an explorer inside an element that holds explorer.html.
 * @param {HTMLElement} root @param {Callbacks} callbacks
 */
export function createExplorer(root, callbacks) {
  return new Explorer(root, callbacks);
}
