// The marks of the drawing and its folds: one tab stop, arrows from one to the next, a card for the one meant.

import { shareAt } from "./hands.js";
import { byId } from "./steps.js";

const DELAY = 140;
let meant, timer, early;

const marksHere = () => [...document.querySelectorAll("#lanes-drawing :is(.mark, .pile, .fold)")];
const markOf = ({ target }) => target.closest?.(".mark, .pile, .fold");
const boxOf = (mark) => (mark.querySelector("circle:not(.ring), .pile rect") ?? mark).getBoundingClientRect();
const isSeen = (mark) => Math.abs(shareAt((boxOf(mark).left + boxOf(mark).right) / 2) - 0.5) <= 0.5;
const linkOf = (key) => document.querySelector(`[data-keys~="${CSS.escape(key)}"]`);
const nearest = (all, far) => all.map((one) => [far(one), one]).sort(([a], [b]) => a - b)[0]?.[1];

// The only mark that Tab stops at; told before a swap, the same or the nearest has its place after it.
export const theStop = () => document.querySelector("#lanes-drawing [tabindex='0']");
export const placeOf = (mark) => ({ to: mark?.href.baseVal, x: mark ? boxOf(mark).left : 0 });

export function takeMarks({ to, x }) {
  const favour = (mark) => (mark.href.baseVal === to ? 1e6 : mark.matches(".fold") ? -1e5 : 0);
  stopAt(nearest(marksHere().filter(isSeen), (mark) => Math.abs(boxOf(mark).left - x) - favour(mark)));
  hide();
}

function stopAt(mark) {
  for (const other of marksHere()) other.tabIndex = other === mark ? 0 : -1;
  return mark;
}

// Along the drawing the next in time, to which the window goes along; across it the nearest in another row.
function neighbour(mark, key) {
  const all = marksHere().sort((one, other) => boxOf(one).left - boxOf(other).left);
  const marks = all.filter(isSeen);
  const step = byId({ ArrowLeft: "step-earlier", ArrowRight: "step-later" }[key]);
  if (/Home|End/.test(key)) return marks.at(key === "Home" ? 0 : -1);
  if (step) {
    const next = all[all.indexOf(mark) + (key === "ArrowRight" ? 1 : -1)] ?? mark;
    if (next === mark || !isSeen(next)) step.click();
    return next;
  }
  const here = boxOf(mark);
  const below = (other) => (boxOf(other).top - here.top) * (key === "ArrowDown" ? 1 : -1);
  const far = (other) => Math.abs(boxOf(other).left - here.left) + 4 * below(other);
  return nearest(marks.filter((other) => below(other) > 10), far);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest("#card-place")) meant?.focus();
  if (event.key === "Escape") hide();
  if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest("#lanes-drawing")) return;
  const link = linkOf(event.key);
  const isMove = markOf(event) && /^(Arrow|Home|End)/.test(event.key);
  if (!link && !isMove) return void (early = event.key);
  event.preventDefault();
  if (isMove) neighbour(markOf(event), event.key)?.focus();
  link?.click();
});

document.addEventListener("focusin", (event) => {
  const mark = markOf(event);
  if (mark) mean(stopAt(mark));
  else if (!event.target.closest("#card-place")) hide();
});

// What moves under a mouse at rest is no wish of its hand: the card of what has the focus stays.
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse" || (!markOf(event) && meant?.matches(":focus"))) return;
  if (markOf(event)) return mean(markOf(event));
  clearTimeout(timer);
  if (meant && !byId("card-place").matches(":hover, :focus-within")) timer = setTimeout(hide, 2 * DELAY);
});

// A first tap tells, a second one follows.
document.addEventListener("click", (event) => {
  const mark = event.pointerType === "touch" && !event.defaultPrevented && markOf(event);
  if (!mark || !mark.matches(".mark:not(.is-shown)")) return;
  event.preventDefault();
  mean(mark);
});

function hide() {
  clearTimeout(timer);
  meant = void meant?.classList.remove("is-shown");
  byId("card-place")?.replaceChildren();
}

function mean(mark) {
  if (mark === meant) return void (mark.matches(".is-shown") && clearTimeout(timer));
  hide();
  [meant, early] = [mark, ""];
  if (mark.matches(".mark")) timer = setTimeout(() => show(mark), DELAY);
}

async function show(mark) {
  const card = byId("card-place");
  const path = new URL(mark.href.baseVal, location).pathname.replace("/events/", "/card/");
  await window.htmx?.ajax("GET", path + location.search, { target: card, swap: "innerHTML" });
  if (meant !== mark || !mark.isConnected) return card.replaceChildren();
  mark.classList.add("is-shown");
  const { left, top, bottom } = boxOf(mark);
  const isAbove = card.classList.toggle("is-above", top > innerHeight / 2);
  card.style.setProperty("--x", `${left + scrollX}px`);
  card.style.setProperty("--y", `${(isAbove ? top - 8 : bottom + 8) + scrollY}px`);
  linkOf(early)?.click(); // a key pressed before its link was there
}
