// The timeline's hands. Every step is an address that works without this file; here it is only
// reached sooner: by drag, pinch, wheel and keys.

import { activateMarks } from "./marks.js";
import { goTo, showDays } from "./steps.js";
import { activateStrip } from "./strip.js";

const LEAST_DAYS = 14;
const CLICK_PIXELS = 5;
const SETTLE = 140;

let drawing = null;
let layer = null;
let knots = [];
let seen = { left: 0, right: 1 }; // the part of the drawn layer now in view, as shares of it
let timer = 0;

function renew() {
  const view = document.getElementById("timeline-view");
  if (!view || view.dataset.live) return;
  view.dataset.live = "yes";
  drawing = document.getElementById("lanes-drawing");
  activateStrip(document.getElementById("timeline-strip"));
  if (drawing) activateDrawing();
  clearTimeout(timer);
  const status = document.getElementById("timeline-status");
  timer = setTimeout(() => (status.textContent = view.dataset.status), 500);
}

function activateDrawing() {
  layer = drawing.querySelector(".lanes-layer");
  knots = drawing.dataset.knots.split(" ").map((knot) => knot.split(":").map(Number));
  seen = { left: 0, right: 1 };
  drawing.closest(".lanes").classList.add("lanes-live");
  activateMarks(drawing);
  redrawIfAnotherWidth();
}

function redrawIfAnotherWidth() {
  if (!drawing?.isConnected) return;
  const share = drawing.closest(".lanes-scroll").clientWidth / drawing.dataset.width;
  if (share && (share < 0.97 || share > 1.15)) goTo({});
}

// The scale is straight between knots, and goes on as steep beyond the last ones.
function dayAt(share) {
  const next = knots.findIndex(([, x]) => x > share);
  const at = next < 0 ? knots.length - 1 : Math.max(next, 1);
  const [[first, left], [last, right]] = [knots[at - 1], knots[at]];
  return first + ((share - left) / (right - left)) * (last - first);
}

// What the hand feels is local: the layer moves and stretches by its own two attributes.
function preview(left, right) {
  seen = { left, right };
  layer.setAttribute("x", `${(-left / (right - left)) * 100}%`);
  layer.setAttribute("width", `${100 / (right - left)}%`);
  clearTimeout(timer);
}

function settle() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const [least, most] = [Number(drawing.dataset.least), Number(drawing.dataset.most)];
    const days = Math.max(dayAt(seen.right) - dayAt(seen.left), LEAST_DAYS);
    const span = Math.min(days, most - least + 1);
    const first = Math.min(Math.max(dayAt(seen.left), least), most + 1 - span);
    showDays(first, first + span - 1);
  }, SETTLE);
}

function shareAt(x) {
  const box = drawing.getBoundingClientRect();
  return (x - box.left) / box.width;
}

const pointers = new Map();
let start = null;

const isDragged = () => drawing?.classList.contains("is-dragged");
const shares = () => [...pointers.values()].map(shareAt);
const remember = () => (start = pointers.size ? { seen, xs: shares() } : null);

document.addEventListener("pointerdown", (event) => {
  if (!drawing?.contains(event.target) || event.button > 0) return;
  pointers.set(event.pointerId, event.clientX);
  remember();
});

document.addEventListener("pointermove", (event) => {
  if (!start || !pointers.has(event.pointerId)) return;
  pointers.set(event.pointerId, event.clientX);
  const xs = shares();
  const pixels = Math.abs(xs[0] - start.xs[0]) * drawing.clientWidth;
  if (!isDragged() && xs.length < 2 && pixels < CLICK_PIXELS) return;
  drawing.classList.add("is-dragged");
  // One finger keeps the width; two keep the days under both.
  const apart = ([one, other]) => Math.max(Math.abs(one - other), 0.02);
  const factor = xs.length > 1 ? apart(start.xs) / apart(xs) : 1;
  const wide = start.seen.right - start.seen.left;
  const left = start.seen.left + wide * (start.xs[0] - xs[0] * factor);
  preview(left, left + wide * factor);
});

function release(event) {
  if (!pointers.delete(event.pointerId)) return;
  if (isDragged()) settle();
  remember();
  setTimeout(() => drawing.classList.remove("is-dragged"));
}

function dropAfterDrag(event) {
  const isDrop = event.type === "dragstart" || isDragged();
  if (isDrop && drawing?.contains(event.target)) event.preventDefault();
}
for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, release);
for (const name of ["click", "dragstart"]) document.addEventListener(name, dropAfterDrag, true);

// The wheel alone scrolls the page; with Ctrl, which a pinch on a pad sends too, it zooms.
function zoom(event) {
  if (!event.ctrlKey || !drawing?.contains(event.target)) return;
  event.preventDefault();
  const factor = Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.008);
  const share = shareAt(event.clientX);
  const wide = seen.right - seen.left;
  const left = seen.left + wide * share * (1 - factor);
  preview(left, left + wide * factor);
  settle();
}
document.addEventListener("wheel", zoom, { passive: false });

const STEPS = { "+": "in", "=": "in", "-": "out", PageUp: "earlier", PageDown: "later" };
document.addEventListener("keydown", (event) => {
  if (!STEPS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!drawing?.contains(event.target)) return;
  event.preventDefault();
  document.getElementById(`step-${STEPS[event.key]}`).click();
});

window.addEventListener("resize", () => {
  clearTimeout(timer);
  timer = setTimeout(redrawIfAnotherWidth, 250);
});
// htmx 4 and htmx 2 spell it differently.
for (const name of ["htmx:after:swap", "htmx:afterSwap"]) document.addEventListener(name, renew);
renew();
