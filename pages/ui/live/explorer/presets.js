/** Buttons of operating points: each says what it does, in small what the field calls it, and on focus or touch why. */
import { html } from "./base/svg.js";

/**
 * @typedef {Object} PresetData
 * @property {string} rule
 * @property {string} label what the button does
 * @property {string} field what the field calls it
 * @property {string} explanation
 * @property {number|null} threshold null: not defined for these data
 */

/** A finger cannot hover: what it has chosen is explained for so long. */
const TOUCH_TIP_MS = 4000;

/**
 * @param {PresetData} preset
 * @param {{onChoose: () => void, onTip: (button: HTMLElement, text: string|null) => void}} events
 */
export function presetButton(preset, { onChoose, onTip }) {
  const button = html("button", { type: "button", class: "op-button op-preset", "data-rule": preset.rule, "aria-pressed": "false" }, [
    html("span", { class: "op-preset-label" }, [preset.label]), " ",
    html("span", { class: "op-preset-field" }, [`(${preset.field})`]),
    html("span", { class: "op-preset-why" }, [preset.explanation]),
  ]);
  if (preset.threshold === null) button.setAttribute("aria-disabled", "true");
  const inMenu = () => button.closest("details") !== null;
  const tip = (shown) => onTip(button, shown && !inMenu() ? preset.explanation : null);
  button.addEventListener("click", () => { if (preset.threshold !== null) onChoose(); });
  button.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") tip(true); });
  button.addEventListener("pointerleave", () => tip(false));
  button.addEventListener("focus", () => { if (button.matches(":focus-visible")) tip(true); });
  button.addEventListener("blur", () => tip(false));
  button.addEventListener("pointerup", (event) => {
    if (event.pointerType !== "touch") return;
    tip(true);
    setTimeout(() => tip(false), TOUCH_TIP_MS);
  });
  return button;
}
