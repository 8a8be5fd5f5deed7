// The drawing and the strip in the hand. What it feels is local: a layer moves and stretches by its own two
// attributes, and the server is asked when the hand has come to rest.

import { addressWith, fetchInto, goTo, isoDay } from "./steps.js";

const LEAST_DAYS = 14;
const CLICK_PIXELS = 5;
const SETTLE = 50;

let drawing, layer, knots, drawn, timer;
let seen = { left: 0, right: 1 }; // the part of the view's days now in sight, as shares of it
let start = null;
let isDragged = false; // stays so where an answer replaces the drawing under the hand
const pointers = new Map();

const percent = (share) => `${(share * 100).toFixed(3)}%`;
const set = (part, values) => Object.entries(values).forEach((pair) => part.setAttribute(...pair));

export function takeDrawing(found) {
  drawing = found;
  if (!drawing) return;
  layer = drawing.querySelector(".lanes-layer");
  knots = drawing.dataset.knots.split(" ").map((knot) => knot.split(":").map(Number));
  drawn = ["x", "width"].map((name) => parseFloat(layer.getAttribute(name)) / 100);
  seen = { left: 0, right: 1 };
  remember(); // a hand that is still down goes on from here
  redrawIfAnotherWidth();
}

// The scale is straight between knots, and goes on as steep beyond the last ones.
function along(value, from, to) {
  const next = knots.findIndex((knot) => knot[from] > value);
  const at = next < 0 ? knots.length - 1 : Math.max(next, 1);
  const [one, other] = [knots[at - 1], knots[at]];
  return one[to] + ((value - one[from]) / (other[from] - one[from])) * (other[to] - one[to]);
}
export const dayAt = (share) => along(share, 1, 0);

export function drawLine(name, day) {
  const line = drawing?.querySelector(name);
  const x = line && percent((along(day, 0, 1) - drawn[0]) / drawn[1]);
  if (line) set(line, { x1: x, x2: x, visibility: "visible" });
}

function preview(left, right) {
  seen = { left, right };
  set(layer, { x: percent((drawn[0] - left) / (right - left)), width: percent(drawn[1] / (right - left)) });
  clearTimeout(timer);
}

function settle() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!drawing.isConnected) return;
    const [least, most] = [Number(drawing.dataset.least), Number(drawing.dataset.most)];
    const span = Math.min(Math.max(dayAt(seen.right) - dayAt(seen.left), LEAST_DAYS), most - least + 1);
    const first = Math.min(Math.max(dayAt(seen.left), least), most + 1 - span);
    goTo({ from: isoDay(first), to: isoDay(first + span - 1) });
  }, SETTLE);
}

const shareAt = (x) => (x - drawing.getBoundingClientRect().left) / drawing.clientWidth;
const remember = () => (start = pointers.size ? { seen, xs: [...pointers.values()].map(shareAt) } : null);

document.addEventListener("pointerdown", (event) => {
  if (!drawing?.contains(event.target) || event.button > 0) return;
  pointers.set(event.pointerId, event.clientX);
  remember();
});

document.addEventListener("pointermove", (event) => {
  if (!start || !pointers.has(event.pointerId) || !drawing.isConnected) return;
  pointers.set(event.pointerId, event.clientX);
  const xs = [...pointers.values()].map(shareAt);
  const isStill = xs.length < 2 && Math.abs(xs[0] - start.xs[0]) * drawing.clientWidth < CLICK_PIXELS;
  if (isStill && !isDragged) return;
  isDragged = true;
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
  if (isDragged) settle();
  remember();
  setTimeout(() => drawing.classList.toggle("is-dragged", (isDragged = pointers.size > 0)));
}
for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, release);

function dropAfterDrag(event) {
  if ((event.type === "dragstart" || isDragged) && drawing?.contains(event.target)) event.preventDefault();
}
for (const name of ["click", "dragstart"]) document.addEventListener(name, dropAfterDrag, true);

// The wheel alone scrolls the page; with Ctrl, which a pinch on a pad sends too, it zooms.
function zoom(event) {
  if (!event.ctrlKey || !drawing?.contains(event.target) || !drawing.isConnected) return;
  event.preventDefault();
  const factor = Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.008);
  const wide = seen.right - seen.left;
  const left = seen.left + wide * shareAt(event.clientX) * (1 - factor);
  preview(left, left + wide * factor);
  settle();
}
document.addEventListener("wheel", zoom, { passive: false });

// The server lays names out for the width that it is told; another width needs another drawing.
function redrawIfAnotherWidth() {
  const share = drawing?.isConnected && drawing.parentElement.clientWidth / drawing.dataset.width;
  if (!share || (share > 0.97 && share < 1.15)) return;
  fetchInto("#timeline-lanes", addressWith({}), { select: "#timeline-lanes" });
}
window.addEventListener("resize", () => {
  clearTimeout(timer);
  timer = setTimeout(redrawIfAnotherWidth, 250);
});

// The window upon all time: two range inputs are its ends, its body can be dragged.
export function takeStrip(strip) {
  const [area, ends] = [strip.querySelector(".strip-drawing"), strip.querySelectorAll(".strip-end")];
  const [before, after, frame] = area.querySelectorAll("rect");
  const [least, most] = [Number(ends[0].min), Number(ends[0].max)];
  let shown = [...ends].map((end) => Number(end.dataset.day));
  const write = (from, to) => {
    shown = [from, to];
    const [left, right] = shown.map((day) => (day - least) / (most - least));
    set(before, { width: percent(left) });
    set(after, { x: percent(right), width: percent(1 - right) });
    set(frame, { x: percent(left), width: percent(right - left) });
  };
  const show = () => goTo({ from: isoDay(shown[0]), to: isoDay(shown[1] - 1) });
  ends.forEach((end, at) => {
    end.hidden = false;
    end.onchange = show;
    end.oninput = () => {
      if (at) write(shown[0], Math.max(end.value, shown[0] + LEAST_DAYS));
      else write(Math.min(end.value, shown[1] - LEAST_DAYS), shown[1]);
      set(end, { "aria-valuetext": isoDay(shown[at] - at) });
    };
  });
  const dayUnder = (x) => least + ((x - area.getBoundingClientRect().left) / area.clientWidth) * (most - least);
  // A drag moves the window, a click shows the month around it, a Shift-click moves the nearer end.
  area.onpointerdown = (event) => {
    const [[from, to], pressed] = [shown, dayUnder(event.clientX)];
    area.setPointerCapture(event.pointerId);
    area.onpointermove = (now) => {
      const moved = Math.max(least - from, Math.min(most - to, dayUnder(now.clientX) - pressed));
      write(from + moved, to + moved);
    };
    area.onpointerup = () => {
      area.onpointermove = area.onpointerup = null;
      const isLater = pressed - from > to - pressed;
      if (shown[0] === from && !event.shiftKey) write(pressed - LEAST_DAYS, pressed + LEAST_DAYS);
      else if (shown[0] === from) write(isLater ? from : pressed, isLater ? pressed : to);
      show();
    };
  };
}
