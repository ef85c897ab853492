// The talk survives a lost connection: its pages come from the network if that answers in time, else
// from what talk-ahead.js has put aside. Assets never change under their address. Nothing else is kept.
const TALK = /^\/cases\/[^/]+\/talk(\/|$)/;
const PATIENCE = 4000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (path.startsWith("/assets/")) event.respondWith(asset(request));
  else if (request.mode === "navigate") event.respondWith(page(request, TALK.test(path)));
});

async function asset(request) {
  const cache = await caches.open("talk");
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

async function page(request, talk) {
  const cache = await caches.open("talk");
  const kept = talk ? await cache.match(request) : undefined;
  try {
    const answer = await Promise.race([fetch(request), ...(kept ? [tooLate()] : [])]);
    if (talk && answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    return answer;
  } catch {
    return kept ?? (await cache.match("/offline")) ?? Response.error();
  }
}

// A signal would make the request another one: the server could not tell it from one of a script.
const tooLate = () => new Promise((_, reject) => { setTimeout(() => reject(new Error("too late")), PATIENCE); });
