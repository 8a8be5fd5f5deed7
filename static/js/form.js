// The desk's forms: a suggestion fills its field, selected words the quote; keys find names, and record.

const byId = (id) => document.getElementById(id);

function fill(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// A reading that was chosen leaves the source's own words as stated; other words take them back.
function state(words) {
  const stated = byId("stated");
  const isOurs = stated && (!stated.value || stated.value === stated.dataset.filled);
  if (isOurs) stated.value = stated.dataset.filled = words;
}

document.addEventListener("input", (event) => {
  if (event.target.id === "when" && event.isTrusted) state("");
});

// What was told of a form holds no more once the form says something else.
function forget({ target }) {
  const effect = target.closest("form")?.querySelector("#admin-effect:has([data-stale])");
  if (!effect) return;
  effect.querySelector("[data-stale]").hidden = false;
  effect.querySelector("[data-told]").hidden = true;
}
for (const name of ["input", "change"]) document.addEventListener(name, forget);
document.addEventListener("click", (event) => event.target.closest(".hint") && forget(event));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  const field = button && byId(button.dataset.fill);
  if (!field) return;
  event.preventDefault();
  if (field.id === "when") state(button.dataset.stated ?? "");
  fill(field, button.dataset.value);
  field.focus();
});

// Pressed, the button leaves the words of the article selected.
function quote(event) {
  if (!event.target.closest("[data-quote]")) return;
  event.preventDefault();
  const place = getSelection().anchorNode?.parentElement.closest("[data-locator]");
  if (!place) return;
  byId("locator").value = place.dataset.locator;
  fill(byId("quote"), getSelection().toString().trim());
}
for (const name of ["mousedown", "click"]) document.addEventListener(name, quote);

// In the words for an entity Enter looks them up; the arrows go to whom they may mean, and back.
document.addEventListener("keydown", (event) => {
  const box = event.target.closest(".field-entity");
  if (!box || event.ctrlKey || event.metaKey || event.isComposing) return;
  const words = box.querySelector(".entity-words input");
  const stops = [words, ...box.querySelectorAll(".hints .hint")];
  const next = stops[stops.indexOf(event.target) + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
  const isAsked = event.key === "Enter" && event.target === words && words.value.trim();
  if (!isAsked && !(next && stops.includes(event.target))) return;
  event.preventDefault();
  if (isAsked) box.querySelector(".entity-words button").click();
  else next.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form") ?? byId("admin-form");
  const buttons = form?.querySelector(".desk-buttons");
  const button = buttons?.querySelector("[value=next]") ?? buttons?.querySelector("[value=record]");
  if (button) event.preventDefault();
  button?.click();
});
