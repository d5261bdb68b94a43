/** The matrix as a picture on a canvas: rows are actual, columns are called. It zooms, and it can be walked by keys. */
import { formatCount, formatShare } from "../explorer/base/numbers.js";

/** Sides of a cell in CSS pixels from which on there is room: for a number, for lines between cells, for a name. */
const NUMBER_WIDE = 30;
const NUMBER_HIGH = 15;
/** In narrower cells the numbers are percents without their sign. */
const SIGNED = 44;
const LINED = 9;
const NAMED = 12;
/** Below this side a pointer cannot aim: it takes the strongest cell near by. */
const AIMED = 6;
const NEAR = 5;
const FEWEST = 4;
const FEW = 20;
/** Empty cells are bare; the fewest cases that there are still show. */
const FAINTEST = 0.1;
/** What every text must have against its ground (WCAG). */
const LEAST_CONTRAST = 4.5;

/** @param {string} hex @returns {number[]} */
function channels(hex) {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** 256 shades from one colour to another, as RGBA in one integer each; and the ink for text on each. */
function ramp(from, to, ink) {
  const [a, b] = [channels(from), channels(to)];
  const bytes = new Uint8ClampedArray(1024);
  for (let i = 0; i < 256; i += 1) {
    for (let c = 0; c < 3; c += 1) bytes[4 * i + c] = a[c] + ((b[c] - a[c]) * i) / 255;
    bytes[4 * i + 3] = 255;
  }
  const inks = Array.from({ length: 256 }, (_, i) => inkOn([...bytes.subarray(4 * i, 4 * i + 3)], [ink, from]));
  return { shades: new Uint32Array(bytes.buffer), inks };
}

const luminance = (rgb) => rgb
  .map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
  .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);

/**
 * An ink for text on a ground: the first preferred one that can be read, else black or white; `legible` of
 * evalcore/figures/contrast.py chooses likewise.
 * @param {number[]} ground red, green, blue @param {string[]} preferred
 */
export function inkOn(ground, preferred) {
  const behind = luminance(ground);
  const seen = (ink) => {
    const front = luminance(channels(ink));
    return (Math.max(front, behind) + 0.05) / (Math.min(front, behind) + 0.05) >= LEAST_CONTRAST;
  };
  return [...preferred, "#000000", "#ffffff"].find(seen) ?? "#000000";
}

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** How many letters all names begin with alike; all of them for one name. @param {string[]} names */
function commonStart(names) {
  const first = names.reduce((x, y) => (x < y ? x : y));
  const last = names.reduce((x, y) => (x > y ? x : y));
  let same = 0;
  while (same < first.length && first[same] === last[same]) same += 1;
  return same;
}

/**
 * A name in about so many letters: cut at its end, or where others begin alike so far, in its middle, such that
 * what tells it apart is seen.
 * @param {string} text @param {number} letters @param {string[]} names all of them
 */
export function shortened(text, letters, names) {
  if (letters >= text.length) return text;
  const plain = text.slice(0, Math.max(0, letters - 1));
  const rivals = names.filter((name) => name.startsWith(plain));
  if (rivals.length < 2 || letters < 4) return `${plain}…`;
  const own = commonStart(rivals);
  const head = Math.floor(letters / 4);
  const room = letters - head - 1;
  const tail = text.length - own <= room ? text.slice(-room) : `${text.slice(own, own + room - 1)}…`;
  return `${text.slice(0, head)}…${tail}`;
}

/** Cut a name to a width. */
function cut(pen, text, wide, names) {
  if (pen.measureText(text).width <= wide) return text;
  let low = 0;
  let high = Math.min(text.length, 80);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pen.measureText(`${text.slice(0, middle)}…`).width <= wide) low = middle;
    else high = middle - 1;
  }
  let short = shortened(text, low + 1, names);
  while (low > 0 && pen.measureText(short).width > wide) {
    low -= 1;
    short = shortened(text, low + 1, names);
  }
  return short;
}

export class MatrixPicture {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    this.raster = document.createElement("canvas");
    this.view = "actual";
    this.hover = null;
    this.cursor = null;
    this.chosen = null;
  }

  /** @param {import("./steps.js").ShownCells} cells @param {string[]} names @param {Record<string, string>} colours */
  take(cells, names, colours) {
    const same = this.names && this.names.join("\n") === names.join("\n");
    this.cells = cells;
    this.names = names;
    this.cuts = new Map();
    this.many = names.length;
    this.colours = colours;
    this.ramps = {
      right: ramp(colours.surface, colours.right, colours.ink), wrong: ramp(colours.surface, colours.wrong, colours.ink),
    };
    if (!same) {
      this.whole();
      this.cursor = null;
    }
    this.hover = null;
  }

  /** Fix the colour scale on the present counts, so that a move of the policy does not change it. */
  settleScale() {
    this.tops = Object.fromEntries(["error", "all", "count"].map((view) => [view, this.cells.top(view)]));
    this.tops.actual = 1;
    this.tops.called = 1;
  }

  whole() {
    this.window = { x: 0, y: 0, n: this.many };
  }

  get zoomed() {
    return this.window.n < this.many;
  }

  /** Measure for a width: names, margins, the plot. @param {number} width @param {string} family */
  layout(width, family) {
    const { pen, many } = this;
    this.font = family;
    pen.font = `600 12px ${family}`; // as the name of the cell that is pointed at
    const widest = Math.ceil(this.names.reduce((most, name) => Math.max(most, pen.measureText(name.slice(0, 40)).width), 8));
    this.roomy = width >= 460;
    const left = Math.min(widest, width * 0.26, 150) + 26;
    const right = this.roomy ? 56 : 4;
    const side = many <= FEW ? clamp(many * 40, 160, 640) : 660;
    const wide = Math.min(width - left - right, many <= FEW ? side * 1.5 : side);
    const high = many <= FEW ? side : wide;
    const flat = widest <= wide / many - 6;
    const top = 20 + (flat ? 20 : Math.min(widest, 120) + 8);
    this.box = { left, top, wide, high };
    this.canvas.dataset.plot = [left, top, wide, high].join(" ");
    this.width = left + wide + right;
    this.height = top + high + (this.roomy ? 22 : 4);
    this.scale = Math.min(window.devicePixelRatio || 1, 3);
    this.canvas.width = Math.round(this.width * this.scale);
    this.canvas.height = Math.round(this.height * this.scale);
    this.canvas.style.width = `${this.width}px`;
    this.canvas.style.height = `${this.height}px`;
  }

  /** Sides of a cell in CSS pixels. */
  get side() {
    return { wide: this.box.wide / this.window.n, high: this.box.high / this.window.n };
  }

  /** Where a cell lies. */
  place(row, column) {
    const { wide, high } = this.side;
    return [this.box.left + (column - this.window.x) * wide, this.box.top + (row - this.window.y) * high, wide, high];
  }

  draw() {
    const { pen, box, colours } = this;
    pen.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    pen.save();
    pen.beginPath();
    pen.rect(box.left, box.top, box.wide, box.high);
    pen.clip();
    this.drawCells();
    this.drawNumbers();
    this.mark(this.chosen, colours.ink, 2.5);
    this.mark(this.cursor, colours.accent, 2.5);
    this.mark(this.hover, colours.accent, 2);
    pen.restore();
    pen.strokeStyle = colours.grid;
    pen.lineWidth = 1;
    pen.strokeRect(box.left - 0.5, box.top - 0.5, box.wide + 1, box.high + 1);
    this.drawNames();
  }

  /** How strong a value is drawn, from 0 to 1: a root spreads the many small shares. */
  strength(value) {
    return value > 0 ? clamp((value / this.tops[this.view]) ** this.root, FAINTEST, 1) : 0;
  }

  /** Beside the right calls errors are small: there the root is the third, among themselves the second. */
  get root() {
    return this.view === "error" ? 1 / 2 : 1 / 3;
  }

  /** The place of a value among the shades. */
  shade(value) {
    return Math.round(255 * this.strength(value));
  }

  rampOf(row, column) {
    return this.ramps[row === column ? "right" : "wrong"];
  }

  drawCells() {
    const { cells, view, window: at, pen, box } = this;
    const [x, y] = [Math.floor(at.x), Math.floor(at.y)];
    const seen = [Math.min(this.many, Math.ceil(at.x + at.n)) - x, Math.min(this.many, Math.ceil(at.y + at.n)) - y];
    // Where classes are smaller than pixels several share one, and the strongest of their cells is drawn.
    this.shared = Math.max(1, Math.ceil(at.n / (Math.min(box.wide, box.high) * this.scale)));
    const [wide, high] = seen.map((count) => Math.ceil(count / this.shared));
    const best = new Float32Array(wide * high);
    const pixels = new ImageData(wide, high);
    const shades = new Uint32Array(pixels.data.buffer);
    const { row, column, counts } = cells;
    for (let i = 0; i < counts.length; i += 1) {
      const r = row[i] - y;
      const c = column[i] - x;
      if (counts[i] === 0 || r < 0 || c < 0 || r >= seen[1] || c >= seen[0]) continue;
      const value = cells.value(view, counts[i], row[i], column[i]);
      const bin = Math.floor(r / this.shared) * wide + Math.floor(c / this.shared);
      if (!(value > best[bin])) continue;
      best[bin] = value;
      shades[bin] = this.rampOf(row[i], column[i]).shades[this.shade(value)];
    }
    this.raster.width = wide;
    this.raster.height = high;
    this.raster.getContext("2d").putImageData(pixels, 0, 0);
    pen.imageSmoothingEnabled = false;
    const [left, top] = this.place(y, x);
    const side = this.side;
    pen.drawImage(this.raster, left, top, wide * this.shared * side.wide, high * this.shared * side.high);
    if (side.wide >= LINED) this.drawLines(x, y, seen);
  }

  drawLines(x, y, seen) {
    const { pen, box } = this;
    pen.strokeStyle = this.colours.grid;
    pen.lineWidth = 1;
    pen.beginPath();
    for (let c = x; c <= x + seen[0]; c += 1) {
      const at = Math.round(this.place(0, c)[0]) + 0.5;
      pen.moveTo(at, box.top);
      pen.lineTo(at, box.top + box.high);
    }
    for (let r = y; r <= y + seen[1]; r += 1) {
      const at = Math.round(this.place(r, 0)[1]) + 0.5;
      pen.moveTo(box.left, at);
      pen.lineTo(box.left + box.wide, at);
    }
    pen.stroke();
  }

  drawNumbers() {
    const { pen, cells, view, window: at } = this;
    const { wide, high } = this.side;
    if (wide < NUMBER_WIDE || high < NUMBER_HIGH) return;
    pen.font = `${wide < 40 ? 11 : 12.5}px ${this.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (let i = 0; i < cells.counts.length; i += 1) {
      const [r, c] = [cells.row[i], cells.column[i]];
      if (cells.counts[i] === 0 || r < at.y - 1 || c < at.x - 1 || r > at.y + at.n || c > at.x + at.n) continue;
      const value = cells.value(view, cells.counts[i], r, c);
      if (!(value > 0)) continue;
      pen.fillStyle = this.rampOf(r, c).inks[this.shade(value)];
      const [left, top] = this.place(r, c);
      const text = view === "count" ? formatCount(value) : wide < SIGNED ? formatShare(value).replace(" %", "") : formatShare(value);
      pen.fillText(text, left + wide / 2, top + high / 2 + 0.5, wide - 4);
    }
  }

  /** @param {number[]|null} cell */
  mark(cell, colour, line) {
    if (!cell) return;
    const [left, top, wide, high] = this.place(...cell);
    const { pen } = this;
    // A cell of a pixel or two is ringed, not covered.
    const grow = Math.max(0, AIMED - wide) / 2;
    pen.strokeStyle = colour;
    pen.lineWidth = line;
    pen.strokeRect(left - grow, top - grow, wide + 2 * grow, high + 2 * grow);
  }

  /** A name cut to a width, kept until there are other names or another font. */
  short(name, wide) {
    const key = `${this.pen.font}|${Math.round(wide)}|${name}`;
    if (!this.cuts.has(key)) this.cuts.set(key, cut(this.pen, name, wide, this.names));
    return this.cuts.get(key);
  }

  /** Names at both axes: all where they fit, else every so many; totals where there is room. */
  drawNames() {
    const { pen, box, colours, window: at, cells } = this;
    const { wide, high } = this.side;
    const [rowStep, columnStep] = [high, wide].map((side) => Math.max(1, Math.ceil(NAMED / side)));
    const active = this.hover ?? this.cursor ?? [-1, -1];
    const font = (index, which) => `${index === active[which] ? 600 : 400} 12px ${this.font}`;
    const ink = (index, which) => (index === active[which] ? colours.ink : colours.muted);
    pen.textBaseline = "middle";
    for (let r = Math.ceil(at.y - 0.5); r < Math.min(this.many, at.y + at.n - 0.4); r += 1) {
      if (r % rowStep !== 0 && r !== active[0]) continue;
      if (r !== active[0] && active[0] >= 0 && Math.abs(r - active[0]) * high < NAMED) continue;
      const middle = box.top + (r - at.y + 0.5) * high;
      pen.font = font(r, 0);
      pen.fillStyle = ink(r, 0);
      pen.textAlign = "right";
      pen.fillText(this.short(this.names[r], box.left - 26), box.left - 6, middle);
      if (this.roomy && high >= NAMED) {
        pen.textAlign = "left";
        pen.fillText(formatCount(cells.rows[r]), box.left + box.wide + 6, middle);
      }
    }
    const widest = Math.max(...this.names.slice(Math.floor(at.x), Math.ceil(at.x + at.n)).map((name) => pen.measureText(name).width));
    const flat = widest <= wide - 6;
    // Totals of columns stand below all of them or below none.
    const totalled = this.roomy && cells.columns.every((count) => pen.measureText(formatCount(count)).width <= wide - 3);
    for (let c = Math.ceil(at.x - 0.5); c < Math.min(this.many, at.x + at.n - 0.4); c += 1) {
      if (c % columnStep !== 0 && c !== active[1]) continue;
      if (c !== active[1] && active[1] >= 0 && Math.abs(c - active[1]) * wide < NAMED) continue;
      const middle = box.left + (c - at.x + 0.5) * wide;
      pen.font = font(c, 1);
      pen.fillStyle = ink(c, 1);
      if (flat) {
        pen.textAlign = "center";
        pen.fillText(this.names[c], middle, box.top - 11);
      } else {
        pen.save();
        pen.translate(middle, box.top - 6);
        pen.rotate(-Math.PI / 2);
        pen.textAlign = "left";
        pen.fillText(this.short(this.names[c], box.top - 28), 0, 0);
        pen.restore();
      }
      if (totalled) {
        pen.textAlign = "center";
        pen.fillText(formatCount(cells.columns[c]), middle, box.top + box.high + 12);
      }
    }
    pen.font = `600 12px ${this.font}`;
    pen.fillStyle = colours.ink;
    pen.textAlign = "center";
    pen.fillText("Called", box.left + box.wide / 2, 9);
    pen.save();
    pen.translate(9, box.top + box.high / 2);
    pen.rotate(-Math.PI / 2);
    pen.fillText("Actual", 0, 0);
    pen.restore();
    if (this.roomy && high >= NAMED) {
      pen.font = `11px ${this.font}`;
      pen.fillStyle = colours.muted;
      pen.textAlign = "left";
      pen.fillText("Cases", box.left + box.wide + 6, box.top - 10);
    }
  }

  /** The cell under a point, or the strongest near by where cells are too small to aim at. @returns {number[]|null} */
  hit(x, y) {
    const { box, window: at, cells } = this;
    if (x < box.left || y < box.top || x >= box.left + box.wide || y >= box.top + box.high) return null;
    const { wide, high } = this.side;
    const [column, row] = [at.x + (x - box.left) / wide, at.y + (y - box.top) / high];
    if (wide < AIMED) {
      const reach = NEAR / wide;
      let best = null;
      let most = 0;
      for (let i = 0; i < cells.counts.length; i += 1) {
        if (Math.abs(cells.row[i] + 0.5 - row) > reach || Math.abs(cells.column[i] + 0.5 - column) > reach) continue;
        const value = cells.value(this.view, cells.counts[i], cells.row[i], cells.column[i]);
        if (value > most) {
          most = value;
          best = [cells.row[i], cells.column[i]];
        }
      }
      if (best) return best;
    }
    return [clamp(Math.floor(row), 0, this.many - 1), clamp(Math.floor(column), 0, this.many - 1)];
  }

  /** The class whose name stands at a point: its place, or null. */
  named(x, y) {
    const { box, window: at } = this;
    const { wide, high } = this.side;
    const inside = (value) => (value >= 0 && value < this.many ? value : null);
    if (x < box.left && y >= box.top && y < box.top + box.high) return inside(Math.floor(at.y + (y - box.top) / high));
    if (y < box.top && x >= box.left && x < box.left + box.wide) return inside(Math.floor(at.x + (x - box.left) / wide));
    return null;
  }

  /** Zoom about a point of the plot given by shares of its sides. */
  zoom(factor, shareX = 0.5, shareY = 0.5) {
    const { x, y, n } = this.window;
    const next = clamp(n / factor, Math.min(FEWEST, this.many), this.many);
    this.window = { x: x + (n - next) * shareX, y: y + (n - next) * shareY, n: next };
    this.pan(0, 0);
  }

  /** @param {number} columns @param {number} rows */
  pan(columns, rows) {
    const { x, y, n } = this.window;
    this.window = { x: clamp(x + columns, 0, this.many - n), y: clamp(y + rows, 0, this.many - n), n };
  }

  /** Bring a cell into the window. */
  reveal([row, column]) {
    const { x, y, n } = this.window;
    this.window = {
      x: clamp(x, column + 1 - n, column), y: clamp(y, row + 1 - n, row), n,
    };
    this.pan(0, 0);
  }

  /** A cell in words. @param {number[]} cell @param {boolean} covered whether some cases may be undecided */
  words([row, column], covered) {
    const { cells, names } = this;
    const count = cells.count(row, column);
    const all = cells.rows[row];
    if (all === 0) return `No case of “${names[row]}”${covered ? " is decided" : ""}.`;
    const who = row === column ? `were rightly called so` : `were called “${names[column]}”`;
    const said = count === 1 ? who.replace("were", "was") : who;
    const share = `${formatCount(count)} of ${formatCount(all)} ${covered ? "decided " : ""}“${names[row]}” ${said} (${formatShare(count / all)})`;
    const calls = cells.columns[column];
    return calls > 0 ? `${share}; ${formatShare(count / calls)} of all that is called “${names[column]}”.` : `${share}.`;
  }

  /** A class in words. @param {number} place @param {boolean} covered */
  className(place, covered) {
    const { cells, names } = this;
    return (
      `“${names[place]}”: ${formatCount(cells.rows[place])} ${covered ? "decided " : ""}cases, ` +
      `${formatCount(cells.columns[place])} calls, ${formatCount(cells.count(place, place))} right.`
    );
  }
}
