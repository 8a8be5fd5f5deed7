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
