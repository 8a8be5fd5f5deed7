// The timeline made live. Every step is an address that works without this file; here it is only
// reached sooner: links are followed by one swap, marks are one tab stop, a card tells of the one
// meant, the slider in the margin asks what held.

import { dayAt, drawLine, takeDrawing, takeStrip } from "./hands.js";
import { addressWith, fetchInto } from "./steps.js";

const DELAY = 140;
const EDGE = 16;
const STEPS = { "+": "in", "=": "in", "-": "out", PageUp: "earlier", PageDown: "later" };
const byId = (id) => document.getElementById(id);
const marksIn = (part) => [...(part?.querySelectorAll(".mark, .pile") ?? [])];
const markOf = ({ target }) => (target.matches?.(".name") ? target.previousElementSibling : target.closest?.(".mark, .pile"));
const boxOf = (mark) => mark.querySelector("use:last-of-type").getBoundingClientRect();

let kept = { id: "", x: 0 }; // the mark that had the focus: it or the nearest has it after a swap
let meant, timer, telling, playing;

function renew() {
  const view = byId("timeline-view");
  const part = byId("timeline-lanes") ?? view;
  const isMoving = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const found of document.querySelectorAll("#held-play, #held-speed")) found.hidden = !isMoving;
  for (const found of document.querySelectorAll("#take-png")) found.hidden = false;
  if (view && part.dataset.taken !== "yes") {
    part.dataset.taken = view.dataset.live = "yes";
    hide();
    takeStrip(byId("timeline-strip"));
    takeDrawing(byId("lanes-drawing"));
    const marks = marksIn(part);
    const far = (mark) => (mark.id === kept.id ? -1 : Math.abs(boxOf(mark).left - kept.x));
    if (marks.length) stopAt(marks.reduce((one, other) => (far(other) < far(one) ? other : one)));
    clearTimeout(telling);
    telling = setTimeout(() => (byId("timeline-status").textContent = view.dataset.status), 500);
  }
  if (byId("timeline-state")?.dataset.held) drawLine(".held-line", byId("timeline-state").dataset.held);
}

function stopAt(mark) {
  for (const other of marksIn(byId("lanes-drawing"))) other.tabIndex = other === mark ? 0 : -1;
}

// In time along the drawing; across it, the nearest in the next row.
function neighbour(mark, key) {
  const marks = marksIn(byId("lanes-drawing")).map((other) => [other, boxOf(other)]);
  marks.sort((one, other) => one[1].left - other[1].left);
  const at = marks.findIndex(([other]) => other === mark);
  const found = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: marks.length - 1 }[key];
  if (found !== undefined) return marks[found]?.[0];
  const [here, down] = [marks[at][1], key === "ArrowDown" ? 1 : -1];
  const far = ([, box]) => Math.abs(box.left - here.left) + 4 * Math.abs(box.top - here.top);
  const beyond = marks.filter(([, box]) => (box.top - here.top) * down > 10);
  return beyond.sort((one, other) => far(one) - far(other))[0]?.[0];
}

document.addEventListener("keydown", (event) => {
  const mark = markOf(event);
  if (event.key === "Escape") hide();
  if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest("#lanes-drawing")) return;
  if (event.key === "o") byId("card-place").querySelector(".card-links a")?.click();
  const step = byId(`step-${STEPS[event.key]}`);
  const next = mark && /^(Arrow|Home|End)/.test(event.key) ? neighbour(mark, event.key) : null;
  if (step ?? next) event.preventDefault();
  step?.click();
  next?.focus();
});

document.addEventListener("focusin", (event) => {
  const mark = markOf(event);
  if (!mark) return void (event.target.closest?.("#card-place") || hide());
  kept = { id: mark.id, x: boxOf(mark).left };
  stopAt(mark);
  mean(mark);
});

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const mark = markOf(event);
  if (mark) return mean(mark);
  clearTimeout(timer);
  if (meant && !event.target.closest?.("#card-place")) timer = setTimeout(hide, 2 * DELAY);
});

function hide() {
  clearTimeout(timer);
  meant?.classList.remove("is-shown");
  meant = null;
  if (byId("card-place")) byId("card-place").hidden = true;
}

function mean(mark) {
  if (mark === meant) return void (mark.matches(".is-shown") && clearTimeout(timer));
  hide();
  meant = mark;
  if (mark.matches(".mark")) timer = setTimeout(() => show(mark), DELAY);
}

async function show(mark) {
  const { pathname, search } = new URL(mark.href.baseVal, location);
  const swap = { target: "#card-place", swap: "innerHTML" };
  await window.htmx.ajax("GET", pathname.replace("/events/", "/card/") + search, swap);
  if (meant !== mark || !mark.isConnected) return;
  mark.classList.add("is-shown");
  const [card, box] = [byId("card-place"), boxOf(mark)];
  card.hidden = false;
  const room = document.documentElement.clientWidth - card.offsetWidth - EDGE;
  const above = box.bottom + 8 + card.offsetHeight > innerHeight && box.top > card.offsetHeight;
  card.style.left = `${Math.max(Math.min(box.left - 32, room), EDGE) + scrollX}px`;
  card.style.top = `${(above ? box.top - 8 - card.offsetHeight : box.bottom + 8) + scrollY}px`;
}

// A first tap tells, a second one follows; other links change the view by one swap.
document.addEventListener("click", (event) => {
  const [mark, link] = [markOf(event), event.target.closest("a.go[href]")];
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { pathname, search, hash } = new URL(link?.href.baseVal ?? link?.href ?? "", location);
  if (event.target.matches(".name")) mark.dispatchEvent(new PointerEvent("click", event));
  else if (event.pointerType === "touch" && mark?.matches(".mark:not(.is-shown)")) mean(mark);
  else if (link && pathname === location.pathname) fetchInto("#timeline-view", pathname + search);
  else if (event.target.id === "take-png") savePicture(event.target.href);
  else if (event.target.closest("#timeline-take")) return void import("./copy.js");
  else return void (event.target.id === "held-play" && play(!playing));
  event.preventDefault();
  if (hash) document.querySelector(hash)?.focus();
});

// The margin: the slider asks what held on the day under it; playing goes from change to change.
document.addEventListener("input", ({ target }) => {
  if (target.id !== "held-slider") return;
  const day = Math.round(dayAt(target.value / target.max));
  drawLine(".held-line", day);
  fetchInto("#timeline-state", addressWith({ near: String(day) }));
});

function play(isOn) {
  clearInterval(playing);
  const next = () => (byId("held-later") ? byId("held-later").click() : play(false));
  playing = isOn && setInterval(next, Number(byId("held-speed").value));
}

// A line in the drawing marks what is being read in the list.
function markReading() {
  const months = [...document.querySelectorAll(".month[data-day]")];
  const read = months.findLast((month) => month.getBoundingClientRect().top < innerHeight / 3);
  if (read) drawLine(".read-line", read.dataset.day);
}
document.addEventListener("scroll", markReading, { passive: true });

async function savePicture(address) {
  const [picture, canvas] = [new Image(), document.createElement("canvas")];
  picture.src = address;
  await picture.decode();
  [canvas.width, canvas.height] = [picture.width * 2, picture.height * 2];
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  Object.assign(document.createElement("a"), { download: "timeline.png", href: canvas.toDataURL() }).click();
}

// htmx 4 and htmx 2 spell events differently.
function tellWidth(event) {
  const frame = document.querySelector("#timeline-view[data-live] .lanes-frame");
  const headers = event.detail?.ctx?.request?.headers ?? event.detail?.headers;
  if (frame && headers) headers["HX-Drawing-Width"] = String(frame.clientWidth);
}
for (const name of ["htmx:config:request", "htmx:configRequest"]) document.addEventListener(name, tellWidth);
for (const name of ["htmx:after:swap", "htmx:afterSwap"]) document.addEventListener(name, renew);
renew();
