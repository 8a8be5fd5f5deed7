// Buttons that copy a text beside them. Without this file the text can still be marked and copied.

function show() {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const text = button && document.getElementById(button.dataset.copy);
  if (!text) return;
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

new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
show();
