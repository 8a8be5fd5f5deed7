// One step at a time: the address changes, the server answers, the last wish of a hurry wins.

const FIRST_OF_1970 = 2440588; // its Julian Day Number
const DAY = 86400000;

let busy = false;
let wish = null;

export const isoDay = (number) =>
  new Date((Math.round(number) - FIRST_OF_1970) * DAY).toISOString().slice(0, 10);

export async function goTo(changes) {
  if (busy) return void (wish = { ...wish, ...changes });
  busy = true;
  const focused = document.activeElement?.id;
  const address = new URL(location.href);
  for (const [name, value] of Object.entries({ after: "", before: "", ...changes })) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  try {
    const swap = { target: "#timeline-view", swap: "outerHTML" };
    await window.htmx.ajax("GET", address.pathname + address.search, swap);
    // What only this script made focusable lost the focus in the swap.
    if (document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true });
  } finally {
    busy = false;
    const next = wish;
    wish = null;
    if (next) goTo(next);
  }
}

export const showDays = (first, last) => goTo({ from: isoDay(first), to: isoDay(last) });

// The server lays labels out for the width that it is told; htmx 4 and 2 spell the event differently.
function tellWidth(event) {
  const scroll = document.querySelector(".lanes-live .lanes-scroll");
  const headers = event.detail?.ctx?.request?.headers ?? event.detail?.headers;
  if (scroll && headers) headers["HX-Drawing-Width"] = String(Math.floor(scroll.clientWidth));
}
for (const name of ["htmx:config:request", "htmx:configRequest"]) {
  document.addEventListener(name, tellWidth);
}
