// One step at a time: the address changes, the server answers, the last wish of a hurry wins.

const FIRST_OF_1970 = 2440588; // its Julian Day Number
const wishes = new Map(); // by target: what is wished for while an answer is awaited

export const isoDay = (number) =>
  new Date((Math.round(number) - FIRST_OF_1970) * 864e5).toISOString().slice(0, 10);

export function addressWith(changes) {
  const { pathname, searchParams } = new URL(location.href);
  for (const [name, value] of Object.entries({ after: "", before: "", ...changes })) {
    if (value) searchParams.set(name, value);
    else searchParams.delete(name);
  }
  return searchParams.size ? `${pathname}?${searchParams}` : pathname;
}

export async function fetchInto(target, address, more = {}) {
  // The lanes are a part of the view: drawn anew after it, and never over a newer one.
  const place = target === "#timeline-lanes" ? "#timeline-view" : target;
  if (wishes.has(place)) return void (place === target && wishes.set(place, [address, more]));
  wishes.set(place, null);
  const { id, parentElement } = document.activeElement ?? {};
  const stop = parentElement?.closest("#lanes-drawing") && "#lanes-drawing [tabindex='0']";
  const swap = { target, swap: "outerHTML", headers: { "HX-Target": target }, ...more };
  try {
    await window.htmx.ajax("GET", address, swap);
    // What only a script made focusable lost the focus in the swap.
    const found = document.getElementById(id) ?? (stop && document.querySelector(stop));
    if (document.activeElement === document.body) found?.focus({ preventScroll: true });
  } finally {
    const next = wishes.get(place);
    wishes.delete(place);
    if (next) fetchInto(place, ...next);
  }
}

export const goTo = (changes) => fetchInto("#timeline-view", addressWith({ at: "", ...changes }));
