// The window upon all time: two range inputs for its ends, and a body that can be dragged.

import { goTo } from "./steps.js";

export function activateStrip(strip) {
  const drawing = strip.querySelector(".strip-drawing");
  const frame = drawing.querySelector(".strip-window");
  const [before, after] = drawing.querySelectorAll(".strip-shade");
  const [first, last] = strip.querySelectorAll(".strip-end");
  const months = Number(first.max);
  const [year, month] = strip.dataset.first.split("-").map(Number);
  const percent = (at) => `${(at / months) * 100}%`;

  function nameOf(at) {
    const index = year * 12 + month - 1 + at;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
  }

  function write() {
    const [from, to] = [Number(first.value), Number(last.value)];
    frame.setAttribute("x", percent(from));
    frame.setAttribute("width", percent(to - from));
    before.setAttribute("width", percent(from));
    after.setAttribute("x", percent(to));
    after.setAttribute("width", percent(months - to));
    first.setAttribute("aria-valuetext", nameOf(from));
    last.setAttribute("aria-valuetext", nameOf(to - 1));
  }

  function show() {
    const isWhole = first.value === "0" && last.value === last.max;
    goTo({ from: isWhole ? "" : nameOf(Number(first.value)), to: isWhole ? "" : nameOf(last.value - 1) });
  }

  for (const end of [first, last]) {
    end.hidden = false;
    end.addEventListener("change", show);
    end.addEventListener("input", () => {
      if (end === first) first.value = Math.min(first.value, last.value - 1);
      else last.value = Math.max(last.value, Number(first.value) + 1);
      write();
    });
  }

  const monthAt = (x) => {
    const box = drawing.getBoundingClientRect();
    return Math.floor(((x - box.left) / box.width) * months);
  };

  // A drag moves the window, a click shows one month, a Shift-click moves the nearer end.
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const [from, to] = [Number(first.value), Number(last.value)];
    const pressed = monthAt(event.clientX);
    let moved = 0;
    drawing.setPointerCapture(event.pointerId);
    drawing.onpointermove = (now) => {
      moved = Math.max(-from, Math.min(months - to, monthAt(now.clientX) - pressed));
      [first.value, last.value] = [from + moved, to + moved];
      write();
    };
    drawing.onpointerup = () => {
      drawing.onpointermove = drawing.onpointerup = null;
      const isLater = pressed - from > to - pressed;
      if (!moved && !(event.shiftKey && isLater)) first.value = pressed;
      if (!moved && !(event.shiftKey && !isLater)) last.value = pressed + 1;
      show();
    };
  });
  drawing.addEventListener("click", (event) => event.ctrlKey || event.metaKey || event.preventDefault());
  for (const link of drawing.querySelectorAll(".strip-month")) link.setAttribute("tabindex", -1);
  strip.classList.add("strip-live");
}
