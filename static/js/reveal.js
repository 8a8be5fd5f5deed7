// A box that shows the passwords of its form; without a script it is not there.
for (const box of document.querySelectorAll("[data-reveals]")) {
  const passwords = box.form.querySelectorAll("[type=password]");
  box.parentElement.hidden = false;
  box.onchange = () => passwords.forEach((one) => (one.type = box.checked ? "text" : "password"));
}
