/**
 * The matrix at every step of the least certainty: plain arithmetic, nothing of the page.
 *
 * Each step is added up from the first change on: whole numbers are exact, weights do not drift, and a move costs
 * a millisecond however far it goes.
 */

const READERS = { u2: Uint16Array, u4: Uint32Array, f8: Float64Array };

/** Numbers from their type and base64. @param {string[]} packed @returns {Uint16Array|Uint32Array|Float64Array} */
export function unpack([kind, text]) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new READERS[kind](bytes.buffer);
}

/** The index of each change's cell in a list of the distinct cells. @param {ArrayLike<number>} cells @param {number} all */
function distinct(cells, all) {
  const place = new Int32Array(all).fill(-1);
  const found = [];
  const index = Int32Array.from(cells, (cell) => {
    if (place[cell] < 0) place[cell] = found.push(cell) - 1;
    return place[cell];
  });
  return { found, index };
}

/**
 * @typedef {Object} Figures
 * @property {number} decided cases that are decided
 * @property {number} total all cases
 * @property {number} coverage share of cases that are decided
 * @property {number} accuracy share of these that are right
 * @property {number} f1 macro F1 of these, over the classes that have cases or calls among them
 * @property {number} cost mean cost of a case; NaN without costs
 */

export class StepTable {
  /** @param {any} table from `matrix_table` @param {any} costs from `matrix_costs` */
  constructor(table, costs) {
    const many = table.classes;
    this.many = many;
    this.certainty = unpack(table.certainty);
    this.below = unpack(table.below);
    this.float32 = table.float32;
    this.ends = unpack(table.ends);
    this.mass = table.mass && unpack(table.mass);
    this.support = unpack(table.support);
    this.length = this.ends.length;
    this.base = table.base;
    this.total = this.support.reduce((sum, value) => sum + value, 0);
    const { found, index } = distinct(unpack(table.cell), many * many);
    this.slot = index;
    this.actual = Int32Array.from(found, (cell) => Math.floor(cell / many));
    this.called = Int32Array.from(found, (cell) => cell % many);
    this.counts = new Float64Array(found.length);
    const spent = costs && unpack(costs.matrix);
    this.costs = spent && Float64Array.from(found, (cell) => spent[cell]);
    this.abstention = costs ? costs.abstention : 0;
    this.rows = new Float64Array(many);
    this.columns = new Float64Array(many);
    this.hits = new Float64Array(many);
    this.walk();
    /** How far each step is along the slider, from 0 to 1. */
    this.reach = table.reach ? unpack(table.reach) : this.coverage;
    /** Before the first step nothing is decided, or the class whose threshold moves is never called. */
    this.first = table.reach ? -1 : 0;
  }

  /** Coverage and risk at every step, for the curve. */
  walk() {
    this.coverage = new Float64Array(this.length);
    this.risk = new Float64Array(this.length);
    let decided = 0;
    let wrong = 0;
    let change = 0;
    for (let step = -1; step < this.length; step += 1) {
      const end = step < 0 ? this.base : this.ends[step];
      for (; change < end; change += 1) {
        const mass = this.mass ? this.mass[change] : 1;
        const slot = this.slot[change];
        decided += mass;
        if (this.actual[slot] !== this.called[slot]) wrong += mass;
      }
      if (step < 0) continue;
      this.coverage[step] = Math.min(decided / this.total, 1);
      this.risk[step] = wrong / decided;
    }
  }

  /** The step that a least certainty falls in: -1 where nothing is so sure. @param {number|null} least */
  at(least) {
    if (least === null) return this.length - 1;
    const wanted = this.float32 ? Math.fround(least) : least;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.certainty[middle] >= wanted) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The step that is nearest to a place along the slider. @param {number} wanted from 0 to 1 */
  nearest(wanted) {
    if (this.first < 0 && wanted < this.reach[0] / 2) return -1;
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.reach[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low > 0 && wanted - this.reach[low - 1] < this.reach[low] - wanted ? low - 1 : low;
  }

  /** Fill `counts`, one number for each distinct cell, and say what follows. @param {number} step @returns {Figures} */
  go(step) {
    const { counts, slot, mass, actual, called, rows, columns, hits, costs } = this;
    const end = step < 0 ? this.base : this.ends[step];
    counts.fill(0);
    if (mass) for (let i = 0; i < end; i += 1) counts[slot[i]] += mass[i];
    else for (let i = 0; i < end; i += 1) counts[slot[i]] += 1;
    rows.fill(0);
    columns.fill(0);
    hits.fill(0);
    let spent = 0;
    for (let i = 0; i < counts.length; i += 1) {
      rows[actual[i]] += counts[i];
      columns[called[i]] += counts[i];
      if (actual[i] === called[i]) hits[actual[i]] += counts[i];
      if (costs) spent += counts[i] * costs[i];
    }
    let decided = 0;
    let right = 0;
    let f1 = 0;
    let occurring = 0;
    for (let k = 0; k < this.many; k += 1) {
      decided += rows[k];
      right += hits[k];
      if (rows[k] + columns[k] > 0) {
        occurring += 1;
        f1 += (2 * hits[k]) / (rows[k] + columns[k]);
      }
    }
    const undecided = Math.max(this.total - decided, 0);
    return {
      decided, total: this.total, coverage: decided / this.total, accuracy: right / decided, f1: f1 / occurring,
      cost: costs ? (spent + this.abstention * undecided) / this.total : NaN,
    };
  }
}

/** The matrix as it is shown: classes in another order, some of them folded into one. */
export class ShownCells {
  /** @param {StepTable} table @param {ArrayLike<number>} place of each class @param {number} many shown classes */
  constructor(table, place, many) {
    this.table = table;
    this.many = many;
    const cells = table.actual.map((actual, i) => place[actual] * many + place[table.called[i]]);
    const { found, index } = distinct(cells, many * many);
    this.index = index;
    this.row = Int32Array.from(found, (cell) => Math.floor(cell / many));
    this.column = Int32Array.from(found, (cell) => cell % many);
    this.counts = new Float64Array(found.length);
    this.rows = new Float64Array(many);
    this.columns = new Float64Array(many);
    this.where = new Map(found.map((cell, i) => [cell, i]));
  }

  /** Take the counts of the table's present step. */
  follow() {
    const { counts, rows, columns, index, row, column } = this;
    counts.fill(0);
    rows.fill(0);
    columns.fill(0);
    const from = this.table.counts;
    for (let i = 0; i < index.length; i += 1) counts[index[i]] += from[i];
    for (let i = 0; i < counts.length; i += 1) {
      rows[row[i]] += counts[i];
      columns[column[i]] += counts[i];
    }
    this.decided = rows.reduce((sum, value) => sum + value, 0);
  }

  /** @param {number} row @param {number} column */
  count(row, column) {
    const i = this.where.get(row * this.many + column);
    return i === undefined ? 0 : this.counts[i];
  }

  /** A cell as it is looked at: NaN where there is nothing to divide by. @param {string} view */
  value(view, count, row, column) {
    if (view === "count") return count;
    if (view === "all") return count / this.decided;
    if (view === "called") return count / this.columns[column];
    return view === "error" && row === column ? 0 : count / this.rows[row];
  }

  /** The largest value of a view now. @param {string} view */
  top(view) {
    let top = 0;
    for (let i = 0; i < this.counts.length; i += 1) {
      const value = this.value(view, this.counts[i], this.row[i], this.column[i]);
      if (value > top) top = value;
    }
    return top || 1;
  }
}
