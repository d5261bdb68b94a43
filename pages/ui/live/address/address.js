/**
 * The address follows what people do: one entry of the browser's history for each thing done, and Ctrl+Z on the page.
 *
 * Streamlit makes an entry for every parameter that Python sets, several for one change of page, and none at all for
 * a widget that is bound to one. Here an entry is made with the first change of the address after somebody has done
 * something; whatever follows of it changes that entry. What Back and Forward bring, Python takes (`state.link`).
 */

/** What people do with a hand, a key or a screen reader; a drag counts once it is let go. */
const ACTIONS = ["pointerup", "keydown", "click", "change"];
/** Kinds of input that hold no text. */
const NO_TEXT = ["range", "checkbox", "radio", "button", "submit", "reset", "file", "color", "image"];

/** Tell whether a key goes to a text that somebody writes. @param {EventTarget|undefined} target */
function isText(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (!(target instanceof HTMLInputElement) || NO_TEXT.includes(target.type)) return false;
  // A select box is searched by writing into it once it is open.
  return target.getAttribute("role") !== "combobox" || target.getAttribute("aria-expanded") === "true";
}

/** Make one entry for each thing done. */
function followHistory() {
  let acted = false;
  const push = history.pushState;
  const replace = history.replaceState;
  const write = function (state, unused, url) {
    const other = url !== undefined && url !== null && new URL(url, location.href).href !== location.href;
    const fresh = other && acted;
    if (fresh) acted = false;
    return (fresh ? push : replace).call(history, state, unused, url);
  };
  history.pushState = write;
  history.replaceState = write;
  for (const name of ACTIONS) window.addEventListener(name, () => { acted = true; }, { capture: true, passive: true });
  window.addEventListener("popstate", () => { acted = false; }, { capture: true });
}

/** Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y press the page's buttons. @param {{undo: string, redo: string}} buttons */
function followKeys(buttons) {
  window.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(key)) return;
    if (isText(event.composedPath()[0])) return;
    const name = key === "y" || event.shiftKey ? buttons.redo : buttons.undo;
    const button = document.querySelector(`.st-key-${name} button`);
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    button.click();
  });
}

export default function mount(component) {
  if (window.operatingPointAddress) return;
  // Before anything is done: what a first visit shows gets its address without an entry.
  if (!location.search) history.replaceState(history.state, "", `${location.pathname}?${component.data.first}${location.hash}`);
  window.operatingPointAddress = true;
  followHistory();
  followKeys(component.data);
}
