// Forms with data-keep are saved on this device as one types, and survive a closed tab. Their submits
// survive a lost connection: see outbox.js. A draft is thrown away once the server has taken it.
import { post, queue } from "./outbox.js";
import { fresh, fill, values } from "./form-values.js";

const DAY = 24 * 3600e3;

for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = `keep:${document.body.dataset.me}:${form.dataset.keep}`;
  const draft = JSON.parse(localStorage.getItem(key) ?? "null");
  const kept = draft && Date.now() - draft.at < DAY;
  if (kept) fill(form, draft.values);
  form.elements.entry.value = kept ? draft.entry : fresh();

  const save = () => {
    const entry = form.elements.entry.value;
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), entry, values: values(form) }));
  };
  form.addEventListener("input", save);
  form.addEventListener("submit", async (event) => {
    if (form.dataset.direct) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "1";
    save();
    await send(form, event.submitter, key);
    delete form.dataset.sending;
  });
}

async function send(form, submitter, key) {
  const body = new URLSearchParams(new FormData(form, submitter)).toString();
  const item = { action: form.getAttribute("action"), body, entry: form.elements.entry.value, about: form.dataset.keep.match(/^\/cases\/[^/]+/)?.[0] ?? "/today" };
  const response = await post(item);
  if (response && !response.ok) {
    // Refused: let the browser ask again, so that the page which says why is shown as a page.
    form.dataset.direct = "1";
    form.requestSubmit(submitter);
    return;
  }
  if (!response) queue(item);
  localStorage.removeItem(key);
  form.elements.entry.value = fresh();
  location.assign(response?.url ?? submitter?.dataset.onward ?? form.dataset.onward ?? location.href);
}
