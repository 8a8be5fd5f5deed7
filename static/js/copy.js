// Buttons that copy a text beside them. Without this file the text can still be marked and copied.

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy);
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
  } catch {
    document.execCommand("copy"); // the old way, where there is no clipboard to write to
  }
  const status = document.querySelector("[data-done]");
  status.textContent = "";
  setTimeout(() => (status.textContent = status.dataset.done), 50);
  button.classList.add("is-copied");
});
