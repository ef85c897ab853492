// The screen stays on while the talk is open.
if (document.querySelector("[data-talk]") && navigator.wakeLock) {
  const hold = async () => {
    if (document.visibilityState !== "visible") return;
    // Refused on a low battery: then the screen goes dark as usual, and nothing else changes.
    await navigator.wakeLock.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", hold);
  hold();
}
