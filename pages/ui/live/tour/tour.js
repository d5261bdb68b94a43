/**
 * The tour: a card beside each of a few parts of the page, and a frame around the part.
 *
 * What lies under it stays live: the threshold can be dragged while the card says so. The card is reached first by the
 * keyboard, left and right turn the steps, Escape ends it. On a phone the card lies at the foot of the window.
 */

/** One tour per mounted element: Streamlit calls the default function on every change of data or theme. */
const mounted = new WeakMap();
/** How much of the window Streamlit's own header covers. */
const HEADER = 60;
const GAP = 14;
const PHONE = 640;
/** How long a part that is still to be drawn is waited for. */
const PATIENCE_MS = 20000;

/** Parts of the page that fit a selector, also within components. */
function partsOf(selector, root = document) {
  const found = [...root.querySelectorAll(selector)];
  if (found.length) return found;
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) {
      const inner = partsOf(selector, element.shadowRoot);
      if (inner.length) return inner;
    }
  }
  return [];
}

/** How much of the window's top is covered: by the header and, on a phone, by the summary that stays in view. */
function covered() {
  const stays = window.innerWidth <= PHONE ? partsOf(".op-summary")[0]?.offsetHeight : 0;
  return HEADER + (stays ? stays + GAP : 0);
}

/** The smallest box around some parts. */
function around(parts) {
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  return { left, top, right: Math.max(...boxes.map((box) => box.right)), bottom: Math.max(...boxes.map((box) => box.bottom)) };
}

function element(tag, name, text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}

/** Whether the page is dark: its own theme counts, not the machine's. */
function isDark() {
  const [red, green, blue] = (getComputedStyle(document.querySelector('[data-testid="stApp"]') ?? document.body).backgroundColor.match(/\d+/g) ?? [255, 255, 255]).map(Number);
  return 0.3 * red + 0.59 * green + 0.11 * blue < 128;
}

class Tour {
  constructor(steps, style, say) {
    this.steps = steps;
    this.say = say;
    this.at = 0;
    this.ended = false;
    this.host = element("div");
    this.host.dataset.operatingPointTour = "";
    const sheet = element("style");
    sheet.textContent = style;
    this.sheet = element("div", "sheet");
    this.frame = element("div", "frame");
    this.card = element("div", "card");
    this.card.tabIndex = -1;
    this.card.setAttribute("role", "dialog");
    this.card.setAttribute("aria-labelledby", "tour-title");
    this.card.setAttribute("aria-describedby", "tour-text");
    this.count = element("p", "count");
    this.title = element("h2");
    this.title.id = "tour-title";
    this.text = element("p");
    this.text.id = "tour-text";
    this.back = this.button("Back", "", () => this.turn(-1));
    this.next = this.button("Next", "main", () => this.turn(1));
    this.own = this.button("Use my own predictions", "", () => this.end(true));
    this.skip = this.button("Skip", "plain", () => this.end(false));
    const buttons = element("div", "buttons");
    buttons.append(this.next, this.back, this.own, this.skip);
    this.card.append(this.count, this.title, this.text, buttons);
    this.sheet.append(this.frame, this.card);
    this.host.attachShadow({ mode: "open" }).append(sheet, this.sheet);
    document.body.append(this.host);
    this.place = () => { cancelAnimationFrame(this.wanted); this.wanted = requestAnimationFrame(() => this.draw()); };
    this.onKey = (event) => this.key(event);
    document.addEventListener("scroll", this.place, { capture: true, passive: true });
    window.addEventListener("resize", this.place);
    document.addEventListener("keydown", this.onKey, true);
    this.sizes = new ResizeObserver(this.place);
    this.before = document.activeElement;
    this.show();
  }

  button(text, name, act) {
    const made = element("button", name, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  key(event) {
    const inside = event.composedPath().includes(this.card);
    if (event.key === "Escape") this.end(false);
    else if (inside && event.key === "ArrowRight" && this.at < this.steps.length - 1) this.turn(1);
    else if (inside && event.key === "ArrowLeft") this.turn(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  turn(move) {
    const next = this.at + move;
    if (next >= this.steps.length) { this.end(false); return; }
    this.at = Math.max(next, 0);
    this.show();
  }

  show() {
    const step = this.steps[this.at];
    const last = this.at === this.steps.length - 1;
    this.count.textContent = `Step ${this.at + 1} of ${this.steps.length}`;
    this.title.textContent = step.title;
    this.text.textContent = step.text;
    this.next.textContent = last ? "Done" : "Next";
    this.back.hidden = this.at === 0;
    this.own.hidden = !last;
    this.skip.hidden = last;
    for (const button of [this.back, this.own, this.skip]) button.style.display = button.hidden ? "none" : "";
    this.parts = [];
    this.since = performance.now();
    this.find();
    this.next.focus({ preventScroll: true });
  }

  /** Look for the part; one that is not drawn yet is waited for. */
  find() {
    if (this.ended) return;
    const step = this.steps[this.at];
    this.parts = partsOf(step.target);
    this.host.dataset.step = String(this.at + 1);
    if (!this.parts.length && performance.now() - this.since < PATIENCE_MS) {
      this.waiting = setTimeout(() => { if (step === this.steps[this.at]) this.find(); }, 200);
    }
    this.sizes.disconnect();
    for (const part of this.parts) this.sizes.observe(part);
    this.reveal();
    this.draw();
  }

  /** Scroll so that the part is seen, under the header and, on a phone, over the card. */
  reveal() {
    if (!this.parts.length) return;
    const box = around(this.parts);
    const room = window.innerWidth <= PHONE ? window.innerHeight - this.card.offsetHeight - 12 : window.innerHeight;
    const high = covered();
    if (box.top >= high && box.bottom <= room) return;
    const main = document.querySelector('[data-testid="stMain"]') ?? document.scrollingElement;
    const tall = box.bottom - box.top > room - high - 2 * GAP;
    const wanted = window.innerWidth <= PHONE || tall ? high + GAP : Math.max(high + GAP, (room - (box.bottom - box.top)) / 2);
    main.scrollBy({ top: box.top - wanted, behavior: "instant" });
  }

  draw() {
    this.sheet.classList.toggle("dark", isDark());
    const phone = window.innerWidth <= PHONE;
    const there = this.parts.some((part) => part.isConnected);
    this.frame.style.display = there ? "" : "none";
    for (const side of ["left", "top", "right", "bottom"]) this.card.style[side] = "";
    if (!there) {
      if (!phone) Object.assign(this.card.style, { left: "50%", top: "40%", transform: "translate(-50%, -50%)" });
      return;
    }
    this.card.style.transform = "";
    const box = around(this.parts);
    const top = Math.max(box.top - 6, HEADER - 4);
    const bottom = Math.min(box.bottom + 6, window.innerHeight - 4);
    Object.assign(this.frame.style, {
      left: `${box.left - 6}px`, top: `${top}px`, width: `${box.right - box.left + 12}px`, height: `${Math.max(bottom - top, 0)}px`,
    });
    if (phone) return;
    const { offsetWidth: wide, offsetHeight: tall } = this.card;
    const within = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));
    const across = within(box.left, 12, window.innerWidth - wide - 12);
    const down = within(box.top, HEADER, window.innerHeight - tall - 12);
    const places = [
      [box.right + GAP, down, window.innerWidth - box.right - GAP - 12 >= wide],
      [across, box.bottom + GAP, window.innerHeight - box.bottom - GAP - 12 >= tall],
      [across, box.top - GAP - tall, box.top - GAP - tall >= HEADER],
      [box.left - GAP - wide, down, box.left - GAP - wide >= 12],
      // Nowhere beside it: over its lower right corner.
      [window.innerWidth - wide - 20, window.innerHeight - tall - 20, true],
    ];
    const [left, high] = places.find(([, , fits]) => fits);
    Object.assign(this.card.style, { left: `${left}px`, top: `${high}px` });
  }

  /** Close, and say so. @param {boolean} own whether somebody goes on to predictions of their own */
  end(own) {
    if (this.ended) return;
    this.close();
    this.before?.focus?.({ preventScroll: true });
    this.say(own ? "own" : "end");
  }

  close() {
    this.ended = true;
    clearTimeout(this.waiting);
    cancelAnimationFrame(this.wanted);
    this.sizes.disconnect();
    document.removeEventListener("scroll", this.place, { capture: true });
    window.removeEventListener("resize", this.place);
    document.removeEventListener("keydown", this.onKey, true);
    this.host.remove();
  }
}

export default function mount(component) {
  const { parentElement, data } = component;
  let instance = mounted.get(parentElement);
  if (!instance) {
    const latest = { component };
    const tour = new Tour(data.steps, data.style, (name) => latest.component.setTriggerValue(name, true));
    instance = { tour, latest };
    mounted.set(parentElement, instance);
  }
  instance.latest.component = component;
  instance.tour.place();
  return () => {
    instance.tour.close();
    mounted.delete(parentElement);
  };
}
