// Opening a talk fetches all its beats and the sheets after the call, so that they can be turned and
// filled in when the connection is gone.
const talk = document.querySelector("[data-talk]")?.dataset.talk;
if (talk && navigator.serviceWorker) {
  const ahead = async () => {
    await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    const pages = [...document.querySelectorAll(".beats a")].map((link) => link.href);
    const sheets = [...document.querySelectorAll("[name=outcome][data-onward]")].map((button) => button.dataset.onward);
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    const assets = loaded.filter((name) => new URL(name).pathname.startsWith("/assets/"));
    const cache = await caches.open("talk");
    await cache.addAll([...new Set(assets), ...pages, `${talk}/talk/after`, ...sheets, "/offline"]);
  };
  // Without it the talk works as long as there is a connection.
  ahead().catch(() => {});
}
