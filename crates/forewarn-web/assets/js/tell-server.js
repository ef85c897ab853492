// Tells the server what leaves no form: that a case was looked at, that its recap was taken out.
const tell = (address) => navigator.sendBeacon?.(address, new URLSearchParams());
const now = document.querySelector("[data-tell-now]");
if (now) tell(now.dataset.tellNow);
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-tell]");
  if (link) tell(link.dataset.tell);
});
