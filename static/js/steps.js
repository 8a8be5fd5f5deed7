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
  if (wishes.has(target)) return void wishes.set(target, [address, more]);
  wishes.set(target, null);
  const { id, parentElement } = document.activeElement ?? {};
  const stop = parentElement?.closest("#lanes-drawing") && "#lanes-drawing [tabindex='0']";
  const swap = { target, swap: "outerHTML", headers: { "HX-Target": target }, ...more };
  try {
    await window.htmx.ajax("GET", address, swap);
    // What only a script made focusable lost the focus in the swap.
    const found = document.getElementById(id) ?? (stop && document.querySelector(stop));
    if (document.activeElement === document.body) found?.focus({ preventScroll: true });
  } finally {
    const next = wishes.get(target);
    wishes.delete(target);
    if (next) fetchInto(target, ...next);
  }
}

export const goTo = (changes) => fetchInto("#timeline-view", addressWith({ at: "", ...changes }));
