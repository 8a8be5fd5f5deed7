// The marks of the drawing: one tab stop, arrows along and across lanes, a card for the one meant.

const DELAY = 140;
const EDGE = 16;

let kept = ""; // the id of the mark that had the focus, across swaps
let meant = null;
let timer = 0;

const marksOf = (drawing) => [...drawing.querySelectorAll(".mark, .pile")];
const markAt = (event) => event.target.closest?.(".mark, .pile");
const cardPlace = () => document.getElementById("card-place");

function stopAt(drawing, mark) {
  for (const other of marksOf(drawing)) other.setAttribute("tabindex", other === mark ? "0" : "-1");
}

export function activateMarks(drawing) {
  hide();
  const marks = marksOf(drawing);
  if (marks.length) stopAt(drawing, marks.find((mark) => mark.id === kept) ?? marks[0]);
}

function boxOf(mark) {
  return mark.querySelector(".mark-glyph, .pile-box").getBoundingClientRect();
}

// In time along the drawing; across it, the nearest in the next row.
function neighbour(mark, key) {
  const marks = marksOf(mark.closest(".lanes-drawing"));
  marks.sort((one, other) => one.dataset.day - other.dataset.day);
  const at = marks.indexOf(mark);
  const along = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: marks.length - 1 };
  if (key in along) return marks[along[key]];
  const here = boxOf(mark);
  const down = key === "ArrowDown" ? 1 : -1;
  const beyond = marks
    .map((other) => ({ other, box: boxOf(other) }))
    .filter(({ box }) => (box.top - here.top) * down > 10)
    .map(({ other, box }) => [Math.abs(box.left - here.left) + 4 * Math.abs(box.top - here.top), other]);
  return beyond.sort((one, other) => one[0] - other[0])[0]?.[1];
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
  const mark = markAt(event);
  if (!mark || !/^(Arrow|Home|End)/.test(event.key)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  neighbour(mark, event.key)?.focus();
});

document.addEventListener("focusin", (event) => {
  const mark = markAt(event);
  if (!mark) return void (event.target.closest?.("#card-place") || hide());
  kept = mark.id;
  stopAt(mark.closest(".lanes-drawing"), mark);
  mean(mark);
});

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const mark = markAt(event);
  if (mark) return mean(mark);
  clearTimeout(timer);
  if (meant && !event.target.closest?.("#card-place")) timer = setTimeout(hide, 2 * DELAY);
});

function hide() {
  clearTimeout(timer);
  meant?.classList.remove("is-shown");
  meant = null;
  const card = cardPlace();
  if (card) card.hidden = true;
}

function mean(mark) {
  if (mark === meant) return clearTimeout(timer);
  hide();
  if (!mark.dataset.card) return;
  meant = mark;
  timer = setTimeout(() => show(mark), DELAY);
}

async function show(mark) {
  const known = new URLSearchParams(location.search).get("known");
  const query = known ? `?known=${encodeURIComponent(known)}` : "";
  const swap = { target: "#card-place", swap: "innerHTML" };
  await window.htmx.ajax("GET", `/card/${mark.dataset.card}${query}`, swap);
  if (meant !== mark || !mark.isConnected) return;
  mark.classList.add("is-shown");
  const card = cardPlace();
  card.hidden = false;
  const glyph = boxOf(mark);
  const room = document.documentElement.clientWidth - card.offsetWidth - EDGE;
  const above = glyph.bottom + 8 + card.offsetHeight > innerHeight && glyph.top > card.offsetHeight;
  const top = above ? glyph.top - 8 - card.offsetHeight : glyph.bottom + 8;
  card.style.left = `${Math.max(Math.min(glyph.left - 32, room), EDGE) + scrollX}px`;
  card.style.top = `${top + scrollY}px`;
}
