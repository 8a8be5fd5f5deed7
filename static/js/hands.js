// The drawing and the strip in the hand. What it feels is local: a layer moves and stretches by its own two
// attributes, and the server is asked when the hand has come to rest.

import { ask, byId, isoDay, showDays } from "./steps.js";

const CLICK_PIXELS = 5;
const LEAST_DAYS = 14;
const WHEEL_RESTS = 60; // milliseconds after its last turn, or as soon as Ctrl is let go
// seen: the part of the view's days now in sight, as shares of it; what the hand has travelled goes on where an
// answer replaces the drawing under it
let drawing, layer, knots, drawn, seen, fitted, timer, travelled = 0;
const pointers = new Map();

const between = (least, number, most) => Math.max(least, Math.min(number, most));
const percent = (share) => `${(share * 100).toFixed(3)}%`;
const place = (part, left, right) =>
  Object.entries({ x: left, width: right - left }).forEach(([name, of]) => part.setAttribute(name, percent(of)));
export const shareAt = (x, part = drawing) => (x - part.getBoundingClientRect().left) / part.clientWidth;

// Takes what was drawn anew in place of what was drawn before, and tells whether it was.
export function takeDrawing(found) {
  if (!found || found === drawing) return false;
  [drawing, layer, seen] = [found, found.querySelector(".lanes-layer"), [0, 1]];
  knots = drawing.dataset.knots.split(" ").map((knot) => knot.split(":").map(Number));
  drawn = ["x", "width"].map((name) => parseFloat(layer.getAttribute(name)) / 100);
  requestAnimationFrame(fit);
  return true;
}

// The server lays names out for the width that it is told; another width needs another drawing. No frame is
// drawn before the style sheet has come, and until then nothing is as wide as it will be.
function fit() {
  const width = drawing?.parentElement?.clientWidth;
  if (!width || width === fitted) return;
  const share = (fitted = width) / drawing.dataset.width;
  if (share < 0.97 || share > 1.15) ask("timeline-lanes");
}
window.addEventListener("resize", fit);

// The scale is straight between knots, and goes on as steep beyond the last ones.
function along(value, from, to) {
  const next = knots.findIndex((knot) => knot[from] > value);
  const at = next < 0 ? knots.length - 1 : Math.max(next, 1);
  const [one, other] = [knots[at - 1], knots[at]];
  return one[to] + ((value - one[from]) / (other[from] - one[from])) * (other[to] - one[to]);
}
export const dayAt = (share) => along(share, 1, 0);

export const drawLine = (name, day) =>
  day && drawing?.querySelector(name).setAttribute("x", percent((along(day, 0, 1) - drawn[0]) / drawn[1]));

// What was seen at one share of the view is seen at another, among so many times as many days.
function move(was, is, factor) {
  timer = clearTimeout(timer);
  const wide = (seen[1] - seen[0]) * factor;
  const left = seen[0] + (wide / factor) * was - wide * is;
  seen = [left, left + wide];
  place(layer, (drawn[0] - left) / wide, (drawn[0] + drawn[1] - left) / wide);
  byId("timeline-follows")?.remove();
}

// The window stays as long as it is, and within the days that there are.
function settle() {
  timer = clearTimeout(timer);
  const [[from, to], { least, most }] = [seen.map(dayAt), drawing.dataset];
  const days = between(LEAST_DAYS, to - from, most - least + 1);
  const first = between(Number(least), from, most - days + 1);
  showDays(first, first + days);
}

// One finger keeps the width; two keep the days under both.
function grip() {
  const xs = [...pointers.values()].map((x) => shareAt(x));
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  return { middle: (left + right) / 2, apart: Math.max(right - left, 0.02) };
}

document.addEventListener("pointerdown", (event) => {
  if (drawing?.contains(event.target) && event.button < 1) pointers.set(event.pointerId, event.clientX);
});

document.addEventListener("pointermove", (event) => {
  if (!pointers.has(event.pointerId)) return;
  const was = grip();
  travelled += Math.abs(event.clientX - pointers.get(event.pointerId));
  pointers.set(event.pointerId, event.clientX);
  const is = grip();
  if (travelled >= CLICK_PIXELS) move(was.middle, is.middle, was.apart / is.apart);
});

function release(event) {
  if (!pointers.delete(event.pointerId)) return;
  if (travelled >= CLICK_PIXELS) settle();
  setTimeout(() => (travelled = pointers.size ? travelled : 0));
}
for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, release);

function dropAfterDrag(event) {
  const isDragged = event.type === "dragstart" || travelled >= CLICK_PIXELS;
  if (isDragged && drawing?.contains(event.target)) event.preventDefault();
}
for (const name of ["click", "dragstart"]) document.addEventListener(name, dropAfterDrag, true);

// The wheel alone scrolls the page; with Ctrl, which a pinch on a pad sends too, it zooms.
function zoom(event) {
  if (!event.ctrlKey || !drawing?.contains(event.target)) return;
  event.preventDefault();
  const at = shareAt(event.clientX);
  move(at, at, Math.exp(between(-60, event.deltaY, 60) * 0.008));
  timer = setTimeout(settle, WHEEL_RESTS);
}
document.addEventListener("wheel", zoom, { passive: false });
document.addEventListener("keyup", ({ key }) => timer && key === "Control" && settle());

// The window upon all time: two range inputs are its ends, its body can be dragged.
export function takeStrip(strip) {
  const [area, frame, ...ends] = strip.querySelectorAll(".strip-drawing, .strip-window, .strip-end");
  const [least, most] = [Number(ends[0].min), Number(ends[0].max)];
  const dayUnder = ({ clientX }) => least + shareAt(clientX, area) * (most - least);
  let shown = ends.map((end) => Number(end.defaultValue));
  const write = (...days) => place(frame, ...(shown = days).map((day) => (day - least) / (most - least)));

  strip.onchange = () => showDays(...shown);
  strip.oninput = ({ target }) => {
    const at = ends.indexOf(target);
    if (at) write(shown[0], Math.max(target.value, shown[0] + LEAST_DAYS));
    else write(Math.min(target.value, shown[1] - LEAST_DAYS), shown[1]);
    target.ariaValueText = isoDay(shown[at] - at);
  };

  // A drag moves the window, a click shows the month around it, a Shift-click moves the nearer end.
  area.onpointerdown = (event) => {
    const [[from, to], pressed] = [shown, dayUnder(event)];
    area.setPointerCapture(event.pointerId);
    const moved = (now) => between(least - from, dayUnder(now) - pressed, most - to);
    area.onpointermove = (now) => write(from + moved(now), to + moved(now));
    area.onpointerup = () => {
      area.onpointermove = null;
      if (shown[0] === from && !event.shiftKey) write(pressed - LEAST_DAYS, pressed + LEAST_DAYS);
      else if (shown[0] === from) write(...(pressed - from > to - pressed ? [from, pressed] : [pressed, to]));
      showDays(...shown);
    };
  };
}
