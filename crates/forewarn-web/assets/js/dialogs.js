// Buttons with data-open="id" open that dialog.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-open]");
  if (button) document.getElementById(button.dataset.open).showModal();
});
