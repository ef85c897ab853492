// What could not be sent waits here, on this device, and is sent again with the same entry, so that
// nothing happens twice. One person's entries are never sent as another's.
const KEY = "outbox";
const me = document.body.dataset.me;
const note = document.querySelector(".kept");

const read = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");
const write = (items) => localStorage.setItem(KEY, JSON.stringify(items));

// Sends one form. Answers the response, or null if nobody could be reached.
export async function post({ action, body }) {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const response = await fetch(action, { method: "POST", headers, body }).catch(() => null);
  const away = response && new URL(response.url).pathname === "/sign-in";
  return !response || away || response.status >= 500 ? null : response;
}

export function queue(item) {
  write([...read(), { ...item, me }]);
  show();
}

export const waiting = () => read().filter((item) => item.me === me).length;
export const discard = () => write(read().filter((item) => item.me !== me));

export async function flush() {
  for (const item of read().filter((item) => item.me === me && !item.refused)) {
    const response = await post(item);
    if (!response) break;
    const rest = read().filter((other) => other.entry !== item.entry);
    write(response.ok ? rest : [...rest, { ...item, refused: true }]);
  }
  show();
}

function show() {
  // The page without a connection does not know who reads it.
  const mine = read().filter((item) => !me || item.me === me);
  const refused = mine.find((item) => item.refused);
  note.replaceChildren();
  if (mine.length === 0) return;
  const sent = me ? "you are back online." : "you are back online and signed in.";
  note.append(refused ? "Kept on this device. It changed meanwhile: " : `Kept on this device – will be sent when ${sent}`);
  if (refused) note.append(Object.assign(document.createElement("a"), { href: refused.about, textContent: "look at it and enter it again" }));
}

if (me) {
  addEventListener("online", flush);
  setInterval(() => { if (waiting()) flush(); }, 15000);
  flush();
} else {
  show();
}
