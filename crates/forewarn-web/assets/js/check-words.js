// Words that may reach a customer are checked while one types: marks under the words, and beside them why, and
// what to say instead. The server answers the page that a click on Check would open; the advice is taken from it.
const PAUSE = 300;

for (const box of document.querySelectorAll("[data-words]")) watch(box);

function watch(box) {
  const field = box.querySelector("[data-text]");
  const advice = box.querySelector("[data-advice]");
  const left = box.querySelector("[data-left]");
  const marks = field.matches("textarea") ? underlay(field) : null;
  let asking;
  let soon;

  // Enter in a field must not press these.
  const settle = () => advice.querySelectorAll("button").forEach((button) => { button.type = "button"; });
  const draw = () => { if (marks) underline(marks, field.value, flaws(advice)); };

  async function check(address = box.dataset.words, button = null) {
    clearTimeout(soon);
    asking?.abort();
    const mine = (asking = new AbortController());
    const body = new URLSearchParams(new FormData(field.form));
    if (button) body.set(button.name, button.value);
    const answer = await ask(address, body, mine.signal).catch(() => null);
    if (!answer || mine !== asking) return;
    advice.replaceChildren(...answer.querySelector("[data-advice]").childNodes);
    left.textContent = answer.querySelector("[data-left]").textContent;
    settle();
    draw();
  }

  box.querySelector("[data-check]").remove();
  settle();
  draw();
  for (const typed of [field, box.querySelector("[data-subject]")]) {
    typed?.addEventListener("input", () => {
      draw();
      mail(box, field);
      asking?.abort();
      clearTimeout(soon);
      soon = setTimeout(check, PAUSE);
    });
  }
  advice.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.name === "keep") check(button.getAttribute("formaction"), button).then(() => field.focus());
    if (button?.name === "say") say(field, button.dataset);
  });
  // Enter in the subject checks, and sends nothing.
  if (box.matches("form")) box.addEventListener("submit", (event) => { if (!event.submitter) { event.preventDefault(); check(); } });
  // What was kept on this device is filled in by now: keep-form.js.
  addEventListener("load", () => { if (field.value !== field.defaultValue) check(); });
}

async function ask(address, body, signal) {
  const response = await fetch(address, { method: "POST", body, signal });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return response.ok && page.querySelector("[data-advice]") ? page : null;
}

// As if typed, so that undo takes it back.
function say(field, { say, from, to }) {
  field.focus();
  field.setSelectionRange(Number(from), Number(to));
  if (document.execCommand("insertText", false, say)) return;
  field.setRangeText(say, Number(from), Number(to), "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function mail(box, field) {
  const link = box.querySelector("[data-mail]");
  if (!link) return;
  const subject = encodeURIComponent(box.querySelector("[data-subject]").value);
  link.href = `${link.href.split("?")[0]}?subject=${subject}&body=${encodeURIComponent(field.value.replaceAll("\n", "\r\n"))}`;
}

function flaws(advice) {
  return [...advice.querySelectorAll(".flaw[data-from]")].map((flaw) => ({
    from: Number(flaw.dataset.from), to: Number(flaw.dataset.to), tone: flaw.classList[1], quote: flaw.querySelector("q").textContent,
  }));
}

// A field can't underline its words: behind it lies the same text, unseen, with its flaws marked.
function underlay(field) {
  const layer = Object.assign(document.createElement("div"), { className: `${field.className} words-marks`, ariaHidden: "true" });
  field.before(layer);
  field.addEventListener("scroll", () => { layer.scrollTop = field.scrollTop; });
  return layer;
}

// Words that have moved since they were checked lose their mark until the next answer.
function underline(layer, text, flaws) {
  let at = 0;
  layer.replaceChildren();
  for (const { from, to, tone, quote } of flaws) {
    if (from < at || text.slice(from, to) !== quote) continue;
    layer.append(text.slice(at, from), Object.assign(document.createElement("mark"), { className: tone, textContent: text.slice(from, to) }));
    at = to;
  }
  layer.append(text.slice(at), "\n");
}
