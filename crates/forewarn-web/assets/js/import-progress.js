// While a file is read, checked or imported, its page looks again: soon, as most files are small, and every
// second after that. When it is through, the page that comes next is opened.
const SOON = 150;
const LATER = 1000;
let pause = SOON;

const running = () => document.querySelector("[data-running]");

async function look() {
  const response = await fetch(location.href).catch(() => null);
  if (!response?.ok) return setTimeout(look, 3 * LATER);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = page.querySelector("[data-running]");
  // Live refresh may have shown the end meanwhile; whoever goes on from there is not called back.
  if (!running()) return;
  if (!next || response.redirected) return location.replace(response.url);
  document.querySelector("h1").textContent = page.querySelector("h1").textContent;
  running().replaceWith(document.adoptNode(next));
  pause = Math.min(2 * pause, LATER);
  setTimeout(look, pause);
}

if (running()) setTimeout(look, pause);
