// The page that is shown without a connection gives way to the one that was asked for, once the server
// answers. "online" says no more than that there is a network: the first try after it may still fail.
const PAUSE = 3000;

async function look() {
  const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
  if (answer?.status < 500) location.reload();
}

if (document.querySelector("[data-offline]")) {
  addEventListener("online", look);
  setInterval(look, PAUSE);
}
