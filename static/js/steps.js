// A step is an address: a part of the page asks the server for itself, as its own attributes say.

const FIRST_OF_1970 = 2440588; // its Julian Day Number

export const byId = (id) => document.getElementById(id);

export const isoDay = (day) => new Date((Math.round(day) - FIRST_OF_1970) * 864e5).toISOString().slice(0, 10);

// A hand may be quicker than the rest of the page: it is asked when that is there.
export const ask = (id, values = {}, address = location.pathname + location.search) =>
  window.htmx?.ajax("GET", address, { source: `#${id}`, values }) ??
  addEventListener("load", () => ask(id, values, address), { once: true });

export const showDays = (from, to) => ask("timeline-view", { from: isoDay(from), to: isoDay(to - 1), at: "" });
