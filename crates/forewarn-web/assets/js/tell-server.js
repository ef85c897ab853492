// Tells the server what leaves no form: that a case was looked at, that its recap was taken out, that what is
// new has been seen by whoever goes on.
const tell = (address) => navigator.sendBeacon?.(address, new URLSearchParams());
const now = document.querySelector("[data-tell-now]");
if (now) tell(now.dataset.tellNow);
addEventListener("pagehide", () => {
  const leaving = document.querySelector("[data-tell-leaving]");
  if (leaving) tell(leaving.dataset.tellLeaving);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-tell]");
  if (link) tell(link.dataset.tell);
});
