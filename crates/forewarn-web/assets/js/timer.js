// How long the talk lasts. Runs on across the beats; starts anew after two hours.
const output = document.querySelector("[data-timer]");
if (output) {
  const key = `timer:${output.dataset.timer}`;
  const kept = Number(sessionStorage.getItem(key));
  const start = Date.now() - kept < 2 * 3600e3 ? kept : Date.now();
  sessionStorage.setItem(key, start);
  const show = () => {
    const seconds = Math.floor((Date.now() - start) / 1000);
    output.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  output.hidden = false;
  show();
  setInterval(show, 1000);
}
document.addEventListener("submit", (event) => {
  const attempt = event.target.action.match(/(\/cases\/[^/]+)\/attempts$/);
  if (attempt) sessionStorage.removeItem(`timer:${attempt[1]}`);
});
