// Buttons that copy a text beside them. Without this file the text can still be marked and copied.

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  document.getElementById(button.dataset.copy).select();
  document.execCommand("copy"); // the old way: it needs neither leave nor a secure address
  const status = document.querySelector("[data-done]");
  status.textContent = "";
  setTimeout(() => (status.textContent = status.dataset.done), 50);
  button.classList.add("is-copied");
});
