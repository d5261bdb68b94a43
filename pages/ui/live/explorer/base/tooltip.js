/** The one tooltip of the explorer, and whether the page is light or dark. */
import { html } from "./svg.js";

export class Tooltip {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.element = html("div", { class: "op-tooltip", hidden: "" });
    root.append(this.element);
  }

  /** @param {HTMLElement} host @param {string|null} text @param {number} x in the host's pixels @param {number} y */
  show(host, text, x, y) {
    this.element.hidden = text === null;
    if (text === null) return;
    this.element.textContent = text;
    const from = host.getBoundingClientRect();
    const to = this.root.getBoundingClientRect();
    const left = from.left - to.left + x;
    const wide = Math.min(260, this.root.clientWidth - 16);
    this.element.style.maxWidth = `${wide}px`;
    this.element.style.left = `${Math.min(Math.max(left - wide / 2, 4), this.root.clientWidth - wide - 4)}px`;
    this.element.style.top = `${from.top - to.top + y + 18}px`;
  }
}

/** Light or dark, by the page's own background. @param {HTMLElement} root */
export function markTheme(root) {
  const colour = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  const probe = html("span", { style: `color: ${/^[#a-z0-9(),.%\s/-]+$/i.test(colour) ? colour : "white"}` });
  root.append(probe);
  const [r, g, b] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  probe.remove();
  root.dataset.theme = 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light";
}
