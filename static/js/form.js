// The desk's forms: a suggestion fills its field at once, Ctrl+Enter records and goes on.

// A reading that was chosen leaves the source's own words as stated; other words take them back.
function state(words) {
  const stated = document.getElementById("stated");
  if (stated && (!stated.value || stated.value === stated.dataset.filled)) {
    stated.value = words;
    stated.dataset.filled = words;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  const field = button && document.getElementById(button.dataset.fill);
  if (!field) {
    return;
  }
  event.preventDefault();
  if (field.id === "when") {
    state(button.dataset.stated ?? "");
  }
  field.value = button.dataset.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

// The words selected in the article fill the quote and its place.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-quote]")) {
    event.preventDefault();
  }
});

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-quote]") && getSelection();
  const place = chosen?.anchorNode?.parentElement?.closest("[data-locator]");
  if (place) {
    document.getElementById("quote").value = chosen.toString().trim();
    document.getElementById("locator").value = place.dataset.locator;
    document.getElementById("quote").dispatchEvent(new Event("input", { bubbles: true }));
  }
});

document.addEventListener("input", (event) => {
  if (event.target.id === "when" && event.isTrusted) {
    state("");
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) {
    return;
  }
  const form = event.target.closest("#admin-form");
  const button = form?.querySelector('.desk-buttons [value="next"], .desk-buttons [value="record"]');
  if (button) {
    event.preventDefault();
    (form.querySelector('.desk-buttons [value="next"]') ?? button).click();
  }
});
