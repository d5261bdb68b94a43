/** Models side by side: a card with the matrix of each, and a table of their rates. All numbers come spelt. */
import { html, quoted } from "../explorer/base/svg.js";

const CELLS = [["tn", "fp"], ["fn", "tp"]];
const ROWS = ["negative", "positive"];

/** @typedef {{count: string, share: string, word: string}} Cell */
/** @typedef {{name: string, sentence: string, baseline: string, cells: Record<string, Cell>, totals: Record<string, string>}} Model */
/** @typedef {{value: string, interval: string, why: string, places: number[], change: string, differs: boolean}} Rate */
/**
 * @typedef {Object} CountsData
 * @property {{positive: string, negative: string}} names
 * @property {Record<string, {technical: string}>} words
 * @property {string} reference
 * @property {Model[]} models
 * @property {{label: string, short: string, formula: string, models: Rate[]}[]} rates
 */

function cell(name, { count, share, word }, technical) {
  return html("div", { class: `op-cell op-cell-${name}`, "data-cell": name, "data-value": count.replaceAll(",", ""), role: "img", "aria-label": `${word} (${technical}): ${count}, ${share}` }, [
    html("span", { class: "op-cell-word" }, [word]),
    html("span", { class: "op-cell-value" }, [count]),
    html("span", { class: "op-cell-technical" }, [technical]),
    html("span", { class: "op-cell-detail" }, [share]),
  ]);
}

/** @param {CountsData} data @param {Model} model */
function card(data, model) {
  const several = data.models.length > 1;
  const title = html("h3", {}, [model.name]);
  if (several && model.name === data.reference) title.append(html("span", { class: "oc-reference" }, ["the others are compared with it"]));
  const called = ROWS.map((row) => html("div", { class: "op-column-head" }, ["called ", quoted(data.names[row])]));
  const rows = CELLS.flatMap((names, i) => [
    html("div", { class: "op-row-head" }, [html("span", {}, ["actual ", quoted(data.names[ROWS[i]])]), html("span", { class: "op-subtle" }, [model.totals[ROWS[i]]])]),
    ...names.map((name) => cell(name, model.cells[name], data.words[name].technical)),
  ]);
  return html("section", { class: "op-card oc-model", "aria-label": model.name }, [
    title,
    html("p", { class: "oc-sentence" }, [model.sentence]),
    html("p", { class: "oc-baseline" }, [model.baseline]),
    html("div", { class: "op-cells" }, [html("div", { class: "op-corner" }), ...called, ...rows]),
  ]);
}

/** @param {Rate} rate @param {string} model named in the cell too, where there is no room for columns */
function rateCell(rate, model) {
  const made = html("td", { "data-model": model }, [html("span", { class: "oc-value" }, [rate.value]), html("span", { class: "oc-interval" }, [rate.interval || rate.why])]);
  const [value, low, high] = rate.places;
  if (value !== undefined) {
    const bar = html("span", { class: "oc-bar", "aria-hidden": "true" });
    if (low !== null && high !== null) bar.append(html("span", { class: "op-tile-band", style: `left:${100 * low}%;width:${100 * (high - low)}%` }));
    bar.append(html("span", { class: "op-tile-dot", style: `left:${100 * value}%` }));
    made.append(bar);
  }
  if (rate.change) made.append(html("span", { class: `oc-change${rate.differs ? " oc-differs" : ""}` }, [rate.change]));
  return made;
}

/** @param {CountsData} data */
function table(data) {
  const head = html("tr", {}, [html("th", { scope: "col" }, ["Rate"]), ...data.models.map(({ name }) => html("th", { scope: "col" }, [name]))]);
  const rows = data.rates.map(({ label, short, formula, models }) => html("tr", {}, [
    html("th", { scope: "row", title: formula }, [html("span", { class: "oc-label" }, [label]), html("span", { class: "oc-short" }, [short])]),
    ...models.map((rate, i) => rateCell(rate, data.models[i].name)),
  ]));
  const whole = html("table", { class: "oc-table" }, [html("thead", {}, [head]), html("tbody", {}, rows)]);
  return html("div", { class: "oc-scroll", tabindex: "0", role: "region", "aria-label": "Rates of every model with 95 % intervals" }, [whole]);
}

/** Whether the page is dark, by the colour that the host gives it. @param {HTMLElement} root */
function isDark(root) {
  const probe = html("i", { style: "color: var(--st-background-color, #ffffff)" });
  root.append(probe);
  const [red, green, blue] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  probe.remove();
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

export default function mount({ parentElement, data }) {
  const root = parentElement.querySelector(".oc-counts");
  root.dataset.theme = isDark(root) ? "dark" : "light";
  root.replaceChildren(html("div", { class: "oc-models" }, data.models.map((model) => card(data, model))), table(data));
  return () => root.replaceChildren();
}
