/**
 * The matrix of several classes, live: views, zoom, search, the cell in words; with a policy, its slider as well.
 *
 * All that came from a file is set as text or painted on a canvas.
 */
import { formatCount, formatShare } from "../explorer/base/numbers.js";
import { html, setText } from "../explorer/base/svg.js";
import { MatrixPicture } from "./picture.js";
import { limitOf, PolicyControls } from "./policy.js";
import { ShownCells, StepTable, unpack } from "./steps.js";

const VIEWS = { actual: "Share of actual", error: "Errors only", called: "Share of called", all: "Share of all", count: "Counts" };
/** From so many classes on there are zoom and search. */
const SEARCHED = 13;
/** A search shows so many classes around what it found. */
const AROUND = 24;
const DRAGGED = 5;
const ZOOM_STEP = 1.6;

/**
 * @typedef {Object} MatrixData
 * @property {string} id changes with the numbers, and where somebody else moved the policy
 * @property {any} table from `matrix_table`
 * @property {{names: string[], fold: number|null, place: string[]}} shown from `placed`
 * @property {Record<string, string>} colours
 * @property {number[]|null} chosen positions of the actual and the called class
 * @property {import("./policy.js").Policy|null} policy
 */

class Matrix {
  /** @param {HTMLElement} root @param {{onCell: Function, onLimit: Function}} callbacks */
  constructor(root, callbacks) {
    this.root = root;
    this.callbacks = callbacks;
    this.canvas = /** @type {HTMLCanvasElement} */ (html("canvas", {
      class: "om-canvas", tabindex: "0", role: "application",
      "aria-label": "Confusion matrix. Arrow keys go from cell to cell, Enter shows the cases, plus and minus zoom.",
    }));
    this.picture = new MatrixPicture(this.canvas);
    this.words = html("p", { class: "om-words", role: "status" });
    this.tip = html("div", { class: "om-tip", hidden: "" });
    this.legend = html("div", { class: "om-legend" });
    this.views = html("div", { class: "om-segments", role: "radiogroup", "aria-label": "View of the matrix" },
      Object.entries(VIEWS).map(([view, name]) => {
        const button = html("button", { type: "button", class: "om-segment", role: "radio", "data-view": view }, [name]);
        button.addEventListener("click", () => this.look(view));
        return button;
      }));
    this.views.addEventListener("keydown", (event) => this.turnView(event));
    const zoom = (label, name, act) => {
      const button = html("button", { type: "button", class: "om-button", "aria-label": name, title: name }, [label]);
      button.addEventListener("click", () => { act(); this.redraw(); });
      return button;
    };
    this.search = /** @type {HTMLInputElement} */ (html("input", {
      type: "search", class: "om-search", placeholder: "Find a class", "aria-label": "Find a class in the matrix",
    }));
    this.search.addEventListener("keydown", (event) => { if (event.key === "Enter") this.find(); });
    this.search.addEventListener("input", () => { this.asked = null; this.find(); });
    this.tools = html("div", { class: "om-tools" }, [
      this.search,
      zoom("+", "Zoom in", () => this.picture.zoom(ZOOM_STEP)),
      zoom("−", "Zoom out", () => this.picture.zoom(1 / ZOOM_STEP)),
      zoom("Whole", "Show the whole matrix", () => this.picture.whole()),
    ]);
    this.side = html("div", { class: "om-side" });
    this.stage = html("div", { class: "om-stage" }, [this.canvas]);
    this.main = html("div", { class: "om-main" }, [
      html("div", { class: "om-bar" }, [this.views, this.tools]), this.stage, this.legend, this.words,
    ]);
    root.replaceChildren(html("div", { class: "om-grid" }, [this.main, this.side]), this.tip);
    this.controls = null;
    this.frame = 0;
    this.pointers = new Map();
    this.listen();
    this.observer = new ResizeObserver(() => { if (this.data && this.root.clientWidth !== this.width) this.layout(); });
    this.observer.observe(root);
  }

  listen() {
    const { canvas } = this;
    canvas.addEventListener("pointermove", (event) => this.pointerMove(event));
    canvas.addEventListener("pointerdown", (event) => this.pointerDown(event));
    canvas.addEventListener("pointerup", (event) => this.pointerUp(event));
    canvas.addEventListener("pointercancel", (event) => this.pointers.delete(event.pointerId));
    canvas.addEventListener("pointerleave", () => this.hoverAt(null));
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("blur", () => { this.picture.cursor = null; this.redraw(); });
    // The wheel alone scrolls the page; with Ctrl (and so by a pinch on a touchpad) it zooms.
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.zoomAt(event, Math.exp(-event.deltaY / 200));
    }, { passive: false });
  }

  /** @param {MatrixData} data */
  update(data) {
    const fresh = !this.data || this.data.id !== data.id;
    const placed = fresh || this.data.shown.place[1] !== data.shown.place[1];
    const painted = placed || JSON.stringify(this.data.colours) !== JSON.stringify(data.colours);
    this.data = data;
    if (fresh) this.table = new StepTable(data.table, data.policy && data.policy.costs);
    if (placed) this.takePlaces();
    if (fresh) this.takePolicy();
    if (fresh) {
      this.stopPending();
      this.step = data.policy ? this.table.at(data.policy.limit) : this.table.length - 1;
    }
    this.picture.chosen = data.chosen && this.shownCell(data.chosen);
    if (painted) {
      this.table.go(this.table.length - 1);
      this.cells.follow();
      this.picture.take(this.cells, data.shown.names, data.colours);
      this.picture.settleScale();
      this.drawn = null;
      this.layout();
    } else this.redraw();
  }

  takePlaces() {
    const { names, place, fold } = this.data.shown;
    this.place = unpack(place);
    this.cells = new ShownCells(this.table, this.place, names.length);
    this.backwards = new Int32Array(names.length).fill(-1);
    this.place.forEach((shown, position) => { if (shown !== fold) this.backwards[shown] = position; });
    this.tools.hidden = names.length < SEARCHED;
    this.root.dataset.shown = String(names.length);
  }

  takePolicy() {
    const { policy } = this.data;
    this.side.hidden = !policy;
    if (!policy) return;
    this.controls ??= new PolicyControls(this.side, (step) => this.move(step), () => this.commit());
    this.controls.take(this.table, policy);
  }

  /** Where a cell stands in the picture; null where one of its classes is folded. */
  shownCell(cell) {
    const shown = cell.map((position) => this.place[position]);
    return shown.includes(this.data.shown.fold) ? null : shown;
  }

  layout() {
    this.width = this.root.clientWidth;
    if (!this.width) return;
    const font = getComputedStyle(this.root).fontFamily;
    this.picture.layout(this.stage.clientWidth, font);
    if (this.controls && this.data.policy) this.controls.layout();
    this.look(this.picture.view);
    this.draw();
  }

  /** Look at the matrix in another way. @param {string} view */
  look(view) {
    this.picture.view = view;
    for (const button of this.views.children) {
      const on = button.getAttribute("data-view") === view;
      button.setAttribute("aria-checked", String(on));
      button.setAttribute("tabindex", on ? "0" : "-1");
    }
    const { colours } = this.data;
    const top = this.picture.tops[view];
    const say = view === "count" ? formatCount : (value) => formatShare(value);
    const bar = (name, colour) => {
      const strip = html("i", { class: "om-strip" });
      strip.style.background = `linear-gradient(to right, ${colours.surface}, ${colour})`;
      return html("span", { class: "om-key" }, [name, strip]);
    };
    const bars = view === "error" ? [bar("Wrong", colours.wrong)] : [bar("Right", colours.right), bar("Wrong", colours.wrong)];
    const half = top * 0.5 ** (1 / this.picture.root);
    this.legend.replaceChildren(...bars, html("span", { class: "om-subtle" }, [`strongest at ${say(top)}, half as strong at ${say(view === "count" ? Math.round(half) : half)}`]));
    this.redraw();
  }

  /** @param {KeyboardEvent} event */
  turnView(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const names = Object.keys(VIEWS);
    const next = (names.indexOf(this.picture.view) + step + names.length) % names.length;
    this.look(names[next]);
    /** @type {HTMLElement} */ (this.views.children[next]).focus();
  }

  /** Move the policy; drawn with the next frame. @param {number} step */
  move(step) {
    if (step === this.step) return;
    this.step = step;
    this.unsaid = true;
    this.redraw();
  }

  redraw() {
    if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; this.draw(); });
  }

  draw() {
    if (!this.width) return;
    if (this.drawn !== this.step) {
      this.found = this.table.go(this.step);
      this.cells.follow();
      this.drawn = this.step;
    }
    this.picture.draw();
    this.canvas.classList.toggle("om-zoomed", this.picture.zoomed);
    this.root.dataset.drawn = String(Number(this.root.dataset.drawn ?? 0) + 1);
    if (this.controls && this.data.policy) {
      this.controls.move(this.step, this.found);
      this.root.dataset.step = String(this.step);
    }
    if (this.picture.cursor) setText(this.words, this.picture.words(this.picture.cursor, this.covered));
    else if (!this.words.textContent) setText(this.words, this.hint());
  }

  get covered() {
    return this.data.policy !== null && this.found.decided < this.found.total;
  }

  hint() {
    return this.tools.hidden ? "Point at a cell to read it; click it to see its cases."
      : "Point at a cell to read it; click it to see its cases. Ctrl and wheel zoom, a drag moves.";
  }

  /** The hand has let go: say it once. */
  commit() {
    if (!this.unsaid) return;
    this.unsaid = false;
    const { revision, place } = this.data.policy;
    this.callbacks.onLimit(limitOf(this.table, this.step), revision, place);
  }

  stopPending() {
    this.unsaid = false;
    if (this.controls) this.controls.stop();
  }

  /** Where a pointer is on the canvas. @param {PointerEvent|WheelEvent} event */
  spot(event) {
    const from = this.canvas.getBoundingClientRect();
    return [event.clientX - from.left, event.clientY - from.top];
  }

  zoomAt(event, factor) {
    const [x, y] = this.spot(event);
    const { left, top, wide, high } = this.picture.box;
    this.picture.zoom(factor, Math.min(Math.max((x - left) / wide, 0), 1), Math.min(Math.max((y - top) / high, 0), 1));
    this.redraw();
  }

  pointerDown(event) {
    this.pointers.set(event.pointerId, { at: this.spot(event), from: this.spot(event), dragged: false });
    if (this.picture.zoomed || this.pointers.size > 1) this.canvas.setPointerCapture?.(event.pointerId);
  }

  pointerMove(event) {
    const held = this.pointers.get(event.pointerId);
    if (!held) {
      this.hoverAt(event);
      return;
    }
    const [x, y] = this.spot(event);
    const [dx, dy] = [x - held.at[0], y - held.at[1]];
    if (this.pointers.size === 2) {
      const other = [...this.pointers.entries()].find(([id]) => id !== event.pointerId)[1];
      const apart = (at) => Math.hypot(at[0] - other.at[0], at[1] - other.at[1]);
      this.zoomAt(event, apart([x, y]) / Math.max(apart(held.at), 1));
      held.dragged = true;
      other.dragged = true;
    } else if (held.dragged || Math.hypot(x - held.from[0], y - held.from[1]) > DRAGGED) {
      held.dragged = true;
      const side = this.picture.side;
      this.picture.pan(-dx / side.wide, -dy / side.high);
      this.hoverAt(null);
      this.redraw();
    }
    held.at = [x, y];
  }

  pointerUp(event) {
    const held = this.pointers.get(event.pointerId);
    this.pointers.delete(event.pointerId);
    if (!held || held.dragged) return;
    const cell = this.picture.hit(...this.spot(event));
    if (cell) this.choose(cell);
  }

  /** @param {PointerEvent|null} event */
  hoverAt(event) {
    const [x, y] = event ? this.spot(event) : [-1, -1];
    const cell = event && this.picture.hit(x, y);
    const name = event && !cell ? this.picture.named(x, y) : null;
    if (String(cell) !== String(this.picture.hover)) {
      this.picture.hover = cell;
      this.redraw();
    }
    const text = cell ? this.picture.words(cell, this.covered) : name !== null ? this.picture.className(name, this.covered) : "";
    this.tip.hidden = !text;
    if (!text) return;
    setText(this.tip, text);
    const [from, to] = [this.canvas.getBoundingClientRect(), this.root.getBoundingClientRect()];
    const wide = Math.min(300, this.width - 16);
    this.tip.style.maxWidth = `${wide}px`;
    this.tip.style.left = `${Math.min(Math.max(from.left - to.left + x - wide / 2, 4), this.width - wide - 4)}px`;
    this.tip.style.top = `${from.top - to.top + y + 20}px`;
  }

  /** @param {number[]} cell shown row and column */
  choose(cell) {
    const [actual, called] = cell.map((each) => this.backwards[each]);
    if (actual < 0 || called < 0) {
      setText(this.words, `${this.picture.words(cell, this.covered)} To see these cases, show more classes or search for one.`);
      return;
    }
    this.picture.chosen = cell;
    setText(this.words, this.picture.words(cell, this.covered));
    this.redraw();
    this.callbacks.onCell(actual, called);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { picture } = this;
    const [row, column] = picture.cursor ?? picture.chosen ?? [0, 0];
    const last = picture.many - 1;
    const go = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      Home: [row, 0], End: [row, last], PageUp: [row - 10, column], PageDown: [row + 10, column],
    }[event.key];
    if (go) {
      picture.cursor = picture.cursor ? go.map((each) => Math.min(Math.max(each, 0), last)) : [row, column];
      picture.reveal(picture.cursor);
    } else if (event.key === "Enter" || event.key === " ") this.choose([row, column]);
    else if (event.key === "+" || event.key === "=") picture.zoom(ZOOM_STEP);
    else if (event.key === "-") picture.zoom(1 / ZOOM_STEP);
    else if (event.key === "0") picture.whole();
    else if (event.key === "Escape") { picture.cursor = null; this.hoverAt(null); }
    else return;
    event.preventDefault();
    this.redraw();
  }

  /** Go to the class that is asked for, with every letter; Enter goes to the next that matches. */
  find() {
    const asked = this.search.value.trim().toLowerCase();
    if (!asked) return;
    const names = this.data.shown.names.map((name) => name.toLowerCase());
    const rank = (name) => (name === asked ? 0 : name.startsWith(asked) ? 1 : 2);
    const found = [...names.keys()].filter((i) => names[i].includes(asked)).sort((a, b) => rank(names[a]) - rank(names[b]) || a - b);
    if (!found.length) {
      setText(this.words, `No class shown here has “${this.search.value.trim()}” in its name.`);
      return;
    }
    this.turn = this.asked === asked ? (this.turn + 1) % found.length : 0;
    this.asked = asked;
    const place = found[this.turn];
    const { picture } = this;
    if (picture.many > AROUND) picture.zoom(picture.window.n / AROUND);
    picture.window = { ...picture.window, x: place + 0.5 - picture.window.n / 2, y: place + 0.5 - picture.window.n / 2 };
    picture.pan(0, 0);
    picture.cursor = null;
    picture.hover = [place, place];
    const more = found.length > 1 ? ` ${formatCount(found.length)} classes match: Enter for the next.` : "";
    setText(this.words, `${picture.className(place, this.covered)}${more}`);
    this.redraw();
  }

  destroy() {
    this.stopPending();
    if (this.frame) cancelAnimationFrame(this.frame);
    this.observer.disconnect();
  }
}

/** One matrix per mounted element: Streamlit calls the default function on every change of data or theme. */
const mounted = new WeakMap();

export default function mount(component) {
  const { parentElement, data } = component;
  let instance = mounted.get(parentElement);
  if (!instance) {
    const latest = { component };
    const say = (name, value) => latest.component.setTriggerValue(name, value);
    const callbacks = {
      onCell: (actual, called) => say("cell", { actual, called }),
      onLimit: (limit, revision, place) => say("limit", { limit, revision, place }),
    };
    instance = { matrix: new Matrix(parentElement.querySelector(".om-matrix"), callbacks), latest };
    mounted.set(parentElement, instance);
  }
  instance.latest.component = component;
  instance.matrix.update(data);
  return () => {
    instance.matrix.destroy();
    mounted.delete(parentElement);
  };
}
