// The timeline made live. Every step is an address that works without this file; here it is only reached
// sooner, by one swap, and what a swap brought is taken into the hand.

import { dayAt, drawLine, takeDrawing, takeStrip } from "./hands.js";
import { placeOf, takeMarks, theStop } from "./marks.js";
import { ask, byId, isoDay } from "./steps.js";

const MOST_STRETCHES = 8;
const STEPS = "#timeline-strip, #timeline-lanes, .facets, .chip"; // they leave the day held as it is
const heldNow = () => [...new URLSearchParams(location.search)].filter(([name]) => /^(held|vs)$/.test(name));
const topOf = (part) => part?.getBoundingClientRect().top;
let focused, isUp, playing, read, readAt, stop, y = scrollY, returns = 0;

function renew() {
  const view = byId("timeline-view");
  if (view && !view.dataset.live) takeStrip(byId("timeline-strip"));
  if (view) view.dataset.live = "yes";
  if (takeDrawing(byId("lanes-drawing"))) takeMarks(stop ?? placeOf());
  drawLine(".held-line", byId("timeline-state")?.dataset.held);
  // The switches of language and theme lead to what is shown now.
  const rest = location.search.replace(/[?&]lang=[^&]*/, "").replace("?", "&");
  for (const back of document.getElementsByName("back")) back.value = location.pathname + location.search;
  for (const way of document.querySelectorAll("a[hreflang]")) way.search = `lang=${way.lang.slice(0, 2)}${rest}`;
  // What had the focus has it still, or what stands in its place.
  if (!focused || focused.isConnected) return;
  const same = [...view.querySelectorAll("a")].find((one) => one.textContent === focused.textContent);
  const other = byId(focused.id) ?? (focused.closest(".lanes-drawing, .card-place") && theStop()) ?? same ?? view;
  other.closest("details")?.setAttribute("open", "");
  other.focus({ preventScroll: true });
}

// What was asked before Back was pressed comes too late: it would take the address along. A jump within the
// page, whose state is none, is no way back.
addEventListener("popstate", ({ state }) => (returns += state ? 1 : 0));
document.addEventListener("htmx:before:swap", (event) => {
  if ((event.detail.ctx.returns ?? 0) !== returns) event.preventDefault();
  read = event.target.closest?.(".rows")?.querySelector(".event-list");
  [focused, stop, readAt] = [document.activeElement, placeOf(theStop()), topOf(read)];
});
document.addEventListener("htmx:after:swap", renew);

document.addEventListener("htmx:config:request", (event) => {
  const { detail, target } = event;
  // What is earlier is fetched for who scrolls up to it, and for nobody who comes from the drawing.
  if (target.matches(".rows-earlier") && !isUp) event.preventDefault();
  detail.ctx.returns = returns;
  if (detail.ctx.target.id === "timeline-view") byId("timeline-follows")?.remove();
  detail.ctx.request.headers["HX-Drawing-Width"] = document.querySelector(".lanes-frame")?.clientWidth || "";
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(".go[href], .pile, .fold, .strip-years a");
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { pathname, search, hash } = new URL(link?.href.baseVal ?? link?.href ?? "", location);
  if (event.target.id === "held-play") play(!playing);
  else if (event.target.closest("#timeline-take summary")) import("./copy.js");
  else if (event.target.id === "take-png") savePicture(event);
  else if (link && pathname === location.pathname) {
    event.preventDefault();
    ask("timeline-view", link.closest(STEPS) ? Object.fromEntries(heldNow()) : {}, pathname + search);
    if (hash) byId(hash.slice(1))?.focus();
  }
});

// The margin: the slider asks what held on the day under it; playing goes from change to change.
document.addEventListener("input", ({ target }) => {
  if (target.id !== "held-slider") return;
  const day = Math.round(dayAt(target.value / target.max));
  target.ariaValueText = isoDay(day);
  drawLine(".held-line", day);
  ask("timeline-state", { near: day });
});

function play(isOn) {
  clearInterval(playing);
  const next = (on = byId("held-later")) => (on ? ask("timeline-state", { near: on.dataset.day }) : play(false));
  playing = isOn && setInterval(next, Number(byId("held-speed").value));
}

// A line in the drawing marks what is being read in the list.
document.addEventListener("scroll", () => {
  [isUp, y] = [scrollY < y, scrollY];
  const month = [...document.querySelectorAll(".month[data-day]")].findLast((one) => topOf(one) < innerHeight / 3);
  drawLine(".read-line", month?.dataset.day);
});

// A list read far lets go of its other end, whose link then shows and brings it back; what is read stays.
// The link that asked is hidden by what came: a focus on it goes to the event beside it.
document.addEventListener("htmx:after:swap", ({ target }) => {
  const way = target.closest?.(".rows-earlier, .rows-later"); // who asked may be gone by now
  const [all, end] = [[...document.querySelectorAll(".rows")], way?.matches(".rows-earlier") ? 0 : -1];
  if (way && all.length > MOST_STRETCHES) all.at(-1 - end).remove();
  if (way && y) scrollBy(0, topOf(read) - readAt);
  if (way?.contains(focused)) [...all.at(end).querySelectorAll(".event-link")].at(-1 - end)?.focus();
});

async function savePicture(event) {
  event.preventDefault();
  const picture = Object.assign(new Image(), { src: event.target.href });
  await picture.decode();
  const size = { width: picture.width * 2, height: picture.height * 2 };
  const canvas = Object.assign(document.createElement("canvas"), size);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  Object.assign(document.createElement("a"), { download: "timeline.png", href: canvas.toDataURL() }).click();
}

renew();
