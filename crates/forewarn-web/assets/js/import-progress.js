// While a file is read, checked or imported, its page looks again every second. When that is through,
// the page that comes next is opened.
const PAUSE = 1000;

const running = () => document.querySelector("[data-running]");

async function look() {
  const response = await fetch(location.href).catch(() => null);
  if (!response?.ok) return setTimeout(look, 3 * PAUSE);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = page.querySelector("[data-running]");
  // Live refresh may have shown the end meanwhile; whoever goes on from there is not called back.
  if (!running()) return;
  if (!next || response.redirected) return location.replace(response.url);
  document.querySelector("h1").textContent = page.querySelector("h1").textContent;
  running().replaceWith(document.adoptNode(next));
  setTimeout(look, PAUSE);
}

if (running()) setTimeout(look, PAUSE);
