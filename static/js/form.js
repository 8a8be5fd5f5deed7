// The desk's forms: a suggestion fills its field at once, Ctrl+Enter records and goes on.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  const field = button && document.getElementById(button.dataset.fill);
  if (!field) {
    return;
  }
  event.preventDefault();
  field.value = button.dataset.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
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
