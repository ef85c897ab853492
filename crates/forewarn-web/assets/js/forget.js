// Signing out leaves nothing of a customer on the device. What is not sent yet is sent first; if that
// can't be, the person decides.
import { discard, flush, waiting } from "./outbox.js";

for (const form of document.querySelectorAll("form[data-forget]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await flush();
    const question = "Some entries are kept on this device and not sent yet. Sign out and throw them away?";
    if (waiting() && !confirm(question)) return;
    discard();
    const mine = `keep:${document.body.dataset.me}:`;
    for (const key of Object.keys(localStorage).filter((key) => key.startsWith(mine))) localStorage.removeItem(key);
    if (globalThis.caches) await caches.delete("talk");
    form.submit();
  });
}
