/** Any picture of the explorer as a file: SVG that needs nothing from this page, or PNG made of it. */
import { html, hatch, svg, uniqueId } from "./base/svg.js";

const PADDING = 14;
const HEAD_LINE = 18;
const PNG_SCALE = 2;
/** A line of the heading breaks after so many pixels a letter. */
const LETTER = 6.6;
/** What of the page's style a picture takes along. */
const LOOKS = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity",
  "font-size", "font-weight", "visibility", "paint-order",
];

/** Copy an SVG with its styles written into it. @param {SVGElement} source */
function frozen(source) {
  const copy = /** @type {SVGElement} */ (source.cloneNode(true));
  const pairs = [...source.querySelectorAll("*")].map((each, i) => [each, copy.querySelectorAll("*")[i]]);
  const copies = [...copy.querySelectorAll("*")];
  pairs.forEach(([from], i) => {
    const style = getComputedStyle(from);
    // A hatched bar says its fill itself.
    const keep = LOOKS.filter((name) => !(name === "fill" && (from.getAttribute("fill") ?? "").startsWith("url")));
    copies[i].setAttribute("style", keep.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
    for (const name of ["class", "tabindex", "role", "aria-label", "aria-valuetext"]) copies[i].removeAttribute(name);
  });
  const [width, height] = [source.clientWidth, source.clientHeight];
  return { parts: [...copy.childNodes], width, height };
}

/** Draw what an element of text and boxes shows. @param {HTMLElement} element */
function drawn(element) {
  const frame = element.getBoundingClientRect();
  const parts = [];
  for (const each of [element, ...element.querySelectorAll("*")]) {
    const style = getComputedStyle(each);
    const box = each.getBoundingClientRect();
    if (!box.width || !box.height || style.visibility === "hidden") continue;
    const place = { x: box.left - frame.left, y: box.top - frame.top, width: box.width, height: box.height };
    if (!/^(transparent|rgba\(.*, 0\))$/.test(style.backgroundColor)) {
      parts.push(svg("rect", { ...place, rx: Math.min(parseFloat(style.borderRadius) || 0, 8), fill: style.backgroundColor, opacity: style.opacity }));
    }
    const wrong = /\bop-cell-(fn|fp)\b/.exec(each.className);
    if (wrong) parts.push(...stripe(place, getComputedStyle(each).getPropertyValue("--op-stripe"), style.backgroundColor));
    for (const node of each.childNodes) if (node.nodeType === Node.TEXT_NODE) parts.push(...words(node, frame, style));
  }
  return { parts, width: frame.width, height: frame.height };
}

/** The hatched edge of a wrong call. */
function stripe(place, colour, pale) {
  const id = uniqueId("stripe");
  const pattern = hatch(id, "negative");
  pattern.children[0].setAttribute("fill", pale);
  pattern.children[1].setAttribute("fill", colour);
  return [svg("defs", {}, [pattern]), svg("rect", { ...place, width: 9, fill: `url(#${id})` })];
}

/** Each word where the page has it, so that lines break as they do there. */
function words(node, frame, style) {
  const range = document.createRange();
  return [...node.data.matchAll(/\S+/g)].map((found) => {
    range.setStart(node, found.index);
    range.setEnd(node, found.index + found[0].length);
    const box = range.getBoundingClientRect();
    return svg("text", {
      x: (box.left - frame.left).toFixed(1), y: (box.top - frame.top + 0.77 * box.height).toFixed(1), fill: style.color,
      // The reader may not have this page's font: what stands in for it takes the same room.
      textLength: box.width.toFixed(1), lengthAdjust: "spacingAndGlyphs", style: `font-size:${style.fontSize};font-weight:${style.fontWeight}`,
    }, [found[0]]);
  });
}

/** Break a text into lines that fit. @param {string} text @param {number} width */
function lines(text, width) {
  const rows = [""];
  for (const word of text.split(" ")) {
    const longer = `${rows[rows.length - 1]} ${word}`.trim();
    if (longer.length * LETTER <= width || !rows[rows.length - 1]) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  return rows;
}

/**
 * One picture with its heading, ready to be written to a file.
 * @param {Element} source an SVG, or an element of text and boxes
 * @param {{title: string, text: string, root: HTMLElement}} about what stands over it; root: whose colours and font
 * @returns {SVGElement}
 */
export function pictureOf(source, { title, text, root }) {
  const { parts, width, height } = source instanceof SVGElement ? frozen(source) : drawn(/** @type {HTMLElement} */ (source));
  const style = getComputedStyle(root);
  const colour = (name) => style.getPropertyValue(name).trim();
  const head = [...lines(title, width), ...lines(text, width)];
  const titles = lines(title, width).length;
  const top = PADDING + HEAD_LINE * head.length + 8;
  const size = { width: Math.ceil(width + 2 * PADDING), height: Math.ceil(top + height + PADDING) };
  return svg("svg", {
    xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${size.width} ${size.height}`, ...size, "font-family": style.fontFamily.replaceAll('"', "'"),
  }, [
    svg("title", {}, [title]),
    svg("rect", { ...size, fill: surface(root) }),
    ...head.map((line, i) => svg("text", {
      x: PADDING, y: PADDING + HEAD_LINE * (i + 0.75), fill: colour(i < titles ? "--op-ink" : "--op-muted"),
      "font-size": i < titles ? 14 : 12.5, "font-weight": i < titles ? 650 : 400,
    }, [line])),
    svg("g", { transform: `translate(${PADDING} ${top})` }, parts),
  ]);
}

/** The page's own background as a plain colour. @param {HTMLElement} root */
function surface(root) {
  const probe = html("span", { style: "color: var(--op-surface)" });
  root.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** @param {SVGElement} picture */
function spelt(picture) {
  return new XMLSerializer().serializeToString(picture);
}

/** @param {SVGElement} picture @returns {Promise<Blob>} */
async function asPng(picture) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(spelt(picture))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = PNG_SCALE * Number(picture.getAttribute("width"));
  canvas.height = PNG_SCALE * Number(picture.getAttribute("height"));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
}

/** @param {Blob} blob @param {string} name */
function handOver(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = html("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/**
 * A small menu that saves one picture.
 * @param {string} title what the picture is called @param {() => SVGElement} draw
 */
export function saveMenu(title, draw) {
  const name = title.toLowerCase().replace(/[^a-z]+/g, "-");
  const menu = html("details", { class: "op-picker op-save" });
  const entry = (kind, save) => {
    const button = html("button", { type: "button", class: "op-link" }, [`Save as ${kind}`]);
    button.addEventListener("click", () => { menu.removeAttribute("open"); save(); });
    return button;
  };
  const icon = svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" }, [svg("path", { d: "M7 1.5v7M4 6l3 3 3-3M1.5 10v2.5h11V10", class: "op-icon" })]);
  menu.append(
    html("summary", { class: "op-button op-small op-icon-button", "aria-label": `Save the picture: ${title}`, title: "Save this picture" }, [icon]),
    html("div", {}, [
      entry("SVG", () => handOver(new Blob([spelt(draw())], { type: "image/svg+xml" }), `${name}.svg`)),
      entry("PNG", async () => handOver(await asPng(draw()), `${name}.png`)),
    ]),
  );
  return menu;
}
