/**
 * The foot of the sidebar: a button that copies the link and says what it holds. Where something else is chosen in the
 * sidebar of a phone, the sidebar closes: it covers what the choice is about.
 */

const mounted = new WeakMap();
/** Streamlit lays the sidebar over the page in windows that are no wider than this. */
const PHONE = 768;

const SVG = "http://www.w3.org/2000/svg";

function icon() {
  const picture = document.createElementNS(SVG, "svg");
  for (const [name, value] of [["width", 16], ["height", 16], ["viewBox", "0 0 16 16"], ["aria-hidden", "true"]]) picture.setAttribute(name, String(value));
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M6.5 9.5a3 3 0 0 0 4.2 0l2.4-2.4a3 3 0 0 0-4.2-4.2L7.8 4M9.5 6.5a3 3 0 0 0-4.2 0L2.9 8.9a3 3 0 0 0 4.2 4.2L8.2 12");
  picture.append(path);
  return picture;
}

/** What the link says beyond the page, in words. @param {string} href @param {Record<string, string>} words */
function heldBy(href, words) {
  const parameters = new URL(href).searchParams;
  const held = Object.entries(words).filter(([name]) => parameters.get(name)).map(([, said]) => said);
  if (!held.length) return "this page";
  return ["this page", ...held].join(", ").replace(/, ([^,]*)$/, " and $1");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no right to, or a page without https
  }
}

class Foot {
  constructor(root) {
    this.root = root;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.append(icon(), "Copy the link");
    this.said = document.createElement("p");
    this.said.className = "of-said";
    this.said.setAttribute("role", "status");
    this.box = document.createElement("input");
    this.box.readOnly = true;
    this.box.hidden = true;
    this.box.setAttribute("aria-label", "The link, to copy by hand");
    this.button.addEventListener("click", () => this.copy());
    root.replaceChildren(this.button, this.said, this.box);
  }

  update(data) {
    if (this.data && this.data.chosen !== data.chosen) this.close();
    this.data = data;
  }

  async copy() {
    const link = location.href;
    const done = await copy(link);
    this.box.hidden = done;
    this.box.value = link;
    this.said.textContent = `${done ? "Copied." : "Copy it from the box below."} It holds ${heldBy(link, this.data.words)}. ${this.data.note}`;
    if (!done) this.box.select();
  }

  close() {
    if (window.innerWidth > PHONE) return;
    document.querySelector('[data-testid="stSidebar"][aria-expanded="true"] [data-testid="stSidebarCollapseButton"] button')?.click();
  }
}

export default function mount(component) {
  const { parentElement, data } = component;
  let instance = mounted.get(parentElement);
  if (!instance) {
    instance = new Foot(parentElement.querySelector(".of-foot"));
    mounted.set(parentElement, instance);
  }
  instance.update(data);
  return () => mounted.delete(parentElement);
}
