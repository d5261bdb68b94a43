/**
 * A gallery of cases: one page of small pictures, each with what is true and what the model said.
 *
 * All that came from a file is set as text. A picture is a `data:` URL that the server made from pixels, or an
 * http(s) link, which this browser loads without saying where from.
 */

const OWN_PICTURE = /^data:image\/(png|webp);base64,/;
const LINK = /^https?:\/\//i;
/** Pictures of few pixels are shown as blocks, not blurred. */
const FEW_PIXELS = 64;
/** Below this many pixels the chosen case stands above the tiles (as in gallery.css): it may be out of sight. */
const NARROW = 760;

/**
 * @typedef {Object} Tile
 * @property {number} key
 * @property {string} src empty where there is no picture
 * @property {string} problem why there is none
 * @property {string} title what was called
 * @property {string} truth what is true
 * @property {string} detail the score
 * @property {"right"|"wrong"} tone
 */
/**
 * @typedef {Object} GalleryData
 * @property {string} name what the gallery shows, for screen readers
 * @property {Tile[]} tiles
 * @property {number} first position of the first tile, from 1
 * @property {number} total
 * @property {number} page from 0
 * @property {number} pages
 * @property {{key: number, src: string, problem: string, title: string, rows: string[][]}|null} chosen
 */

/** @param {string} tag @param {Record<string, string>} [attributes] @param {(Node|string)[]} [children] */
function element(tag, attributes = {}, children = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A picture, or a grey tile with the reason. @param {string} src @param {string} problem @param {string} alt */
function picture(src, problem, alt) {
  const grey = (reason) => element("span", { class: "og-grey" }, [reason]);
  if (!OWN_PICTURE.test(src) && !LINK.test(src)) return grey(problem || "no image");
  const image = /** @type {HTMLImageElement} */ (element("img", {
    alt, loading: "lazy", decoding: "async", referrerpolicy: "no-referrer", draggable: "false",
  }));
  image.addEventListener("load", () => {
    image.classList.toggle("og-blocks", Math.max(image.naturalWidth, image.naturalHeight) <= FEW_PIXELS);
  });
  image.addEventListener("error", () => image.replaceWith(grey("could not be loaded")));
  image.src = src;
  return image;
}

class Gallery {
  /** @param {HTMLElement} root @param {(name: string, value: number|null) => void} say */
  constructor(root, say) {
    this.root = root;
    this.say = say;
    this.grid = element("div", { class: "og-grid", role: "group" });
    this.where = element("span", { class: "og-where", role: "status" });
    this.back = this.turn("Previous", -1);
    this.next = this.turn("Next", 1);
    this.detail = element("section", { class: "og-detail", "aria-label": "The chosen case" });
    this.bar = element("div", { class: "og-bar" }, [this.where, this.back, this.next]);
    root.replaceChildren(this.bar, element("div", { class: "og-body" }, [this.grid, this.detail]));
    this.grid.addEventListener("keydown", (event) => this.arrow(event));
    this.onKey = (event) => this.escape(event);
    window.addEventListener("keydown", this.onKey);
  }

  turn(label, step) {
    const button = /** @type {HTMLButtonElement} */ (element("button", { type: "button", class: "og-button" }, [label]));
    button.addEventListener("click", () => this.say("page", this.data.page + step));
    return button;
  }

  /** @param {GalleryData} data */
  update(data) {
    this.data = data;
    const last = data.first + data.tiles.length - 1;
    const count = (value) => value.toLocaleString("en-GB");
    this.where.textContent = `${count(data.first)}–${count(last)} of ${count(data.total)}`;
    this.back.disabled = data.page <= 0;
    this.next.disabled = data.page >= data.pages - 1;
    this.bar.hidden = data.pages <= 1;
    this.grid.setAttribute("aria-label", data.name);
    // The same page again (another case was chosen) keeps its pictures and the keyboard's place.
    const shown = JSON.stringify(data.tiles.map((tile) => [tile.key, tile.title, tile.truth, tile.detail, tile.tone]));
    if (shown !== this.shown) {
      this.shown = shown;
      this.grid.replaceChildren(...data.tiles.map((tile) => this.tile(tile)));
    }
    this.mark(data.chosen ? data.chosen.key : null);
    this.show(data.chosen);
  }

  /** @param {Tile} tile */
  tile(tile) {
    const button = element("button", {
      type: "button", class: `og-tile og-${tile.tone === "wrong" ? "wrong" : "right"}`, "data-key": String(tile.key),
      title: `${tile.title}, ${tile.truth}; ${tile.detail}`,
    }, [
      element("span", { class: "og-picture" }, [picture(tile.src, tile.problem, "")]),
      element("span", { class: "og-title" }, [tile.title]),
      element("span", { class: "og-truth" }, [tile.truth]),
      element("span", { class: "og-figure" }, [tile.detail]),
    ]);
    button.addEventListener("click", () => {
      const again = this.data.chosen !== null && this.data.chosen.key === tile.key;
      this.mark(again ? null : tile.key);
      this.say("chosen", again ? null : tile.key);
    });
    return button;
  }

  /** @param {number|null} key */
  mark(key) {
    for (const each of this.grid.children) {
      each.setAttribute("aria-pressed", String(key !== null && each.getAttribute("data-key") === String(key)));
    }
  }

  /** @param {GalleryData["chosen"]} chosen */
  show(chosen) {
    const other = chosen !== null && chosen.key !== this.looked;
    this.looked = chosen === null ? null : chosen.key;
    this.detail.hidden = chosen === null;
    if (chosen === null) {
      this.detail.replaceChildren();
      return;
    }
    const close = element("button", { type: "button", class: "og-button" }, ["Close"]);
    close.addEventListener("click", () => this.close());
    this.detail.replaceChildren(
      element("div", { class: "og-bar" }, [element("strong", { class: "og-where" }, [chosen.title]), close]),
      element("span", { class: "og-picture og-large" }, [picture(chosen.src, chosen.problem, chosen.title)]),
      element("dl", {}, chosen.rows.flatMap(([name, text]) => [element("dt", {}, [name]), element("dd", {}, [text])])),
    );
    if (other && this.root.clientWidth < NARROW) this.detail.scrollIntoView({ block: "nearest" });
  }

  /** Take the chosen case away; the keyboard goes back to its tile. */
  close() {
    const tile = [...this.grid.children].find((each) => each.getAttribute("aria-pressed") === "true");
    this.mark(null);
    this.detail.hidden = true;
    this.say("chosen", null);
    if (tile instanceof HTMLElement) tile.focus({ preventScroll: true });
  }

  /** Escape closes the chosen case, wherever the keyboard is. @param {KeyboardEvent} event */
  escape(event) {
    if (event.key !== "Escape" || event.defaultPrevented || this.detail.hidden) return;
    this.close();
  }

  destroy() {
    window.removeEventListener("keydown", this.onKey);
  }

  /** Left and right go along the tiles. @param {KeyboardEvent} event */
  arrow(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const tiles = [...this.grid.children];
    const from = tiles.findIndex((each) => each === event.target);
    if (!step || from < 0 || !tiles[from + step]) return;
    /** @type {HTMLElement} */ (tiles[from + step]).focus();
    event.preventDefault();
  }
}

/** One gallery per mounted element: Streamlit calls the default function on every change of data or theme. */
const mounted = new WeakMap();

export default function mount(component) {
  const { parentElement, data } = component;
  let instance = mounted.get(parentElement);
  if (!instance) {
    const latest = { component };
    const say = (name, value) => latest.component.setTriggerValue(name, value === null ? -1 : value);
    instance = { gallery: new Gallery(parentElement.querySelector(".og-gallery"), say), latest };
    mounted.set(parentElement, instance);
  }
  instance.latest.component = component;
  instance.gallery.update(data);
  return () => {
    instance.gallery.destroy();
    mounted.delete(parentElement);
  };
}
