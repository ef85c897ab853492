// Enter in a field of a letter must not send it: only the button does, once.
for (const send of document.querySelectorAll("[data-send]")) {
  send.form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  });
}
