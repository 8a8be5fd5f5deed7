// The desk's forms: a suggestion fills its field, selected words the quote; Ctrl+Enter records and goes on.

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

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form") ?? byId("admin-form");
  const buttons = form?.querySelector(".desk-buttons");
  const button = buttons?.querySelector("[value=next]") ?? buttons?.querySelector("[value=record]");
  if (button) event.preventDefault();
  button?.click();
});
