/** The thin layer between Streamlit's component API and the explorer. */
import { createExplorer } from "./explorer.js";

/** One explorer per mounted element: Streamlit calls the default function on every change of data or theme. */
const mounted = new WeakMap();
/** How much of the window Streamlit's own header covers. */
const HEADER = "60px";

export default function mount(component) {
  const { parentElement, data } = component;
  const root = parentElement.querySelector(".op-explorer");
  let instance = mounted.get(parentElement);
  if (!instance) {
    root.style.setProperty("--op-header", HEADER);
    const latest = { component };
    const say = (name, value) => latest.component.setTriggerValue(name, value);
    const explorer = createExplorer(root, {
      onCommit: (threshold) => say("threshold", threshold),
      onPin: (threshold) => say("pinned", threshold),
      onCell: (cell) => say("cell", cell),
      onTiles: (names) => say("tiles", names),
      onRange: (range) => say("range", range ?? {}),
      onDesk: (state) => say("desk", state),
    });
    instance = { explorer, latest };
    mounted.set(parentElement, instance);
  }
  instance.latest.component = component;
  instance.explorer.update(data);
  return () => {
    instance.explorer.destroy();
    mounted.delete(parentElement);
  };
}
