// When the server says "changed", the regions marked data-live are fetched again and swapped, unless
// somebody is at work in one: then a note offers to show what changed. Focus and open folds stay.
const from = document.querySelector("[data-live-from]")?.dataset.liveFrom;
const bare = (region) => region.innerHTML.replace(/name="(entry|seen)" value="[^"]*"/g, "").replace(/ data-current=""| open=""/g, "");
const dirty = (field) => field.type !== "hidden" && (field.value !== field.defaultValue || field.checked !== field.defaultChecked);
const busy = (region) => [...region.querySelectorAll("input, textarea")].some(dirty) || region.contains(document.activeElement?.closest("input, select, textarea"));
const folds = (region) => [...region.querySelectorAll("details")];
const stops = (region) => [...region.querySelectorAll("a, button, summary")];

function swap(region, next) {
  const open = folds(region).map((fold) => fold.open);
  const focus = stops(region).indexOf(document.activeElement);
  folds(next).forEach((fold, n) => { fold.open ||= open[n] ?? false; });
  region.replaceWith(next);
  if (focus >= 0) stops(next)[focus]?.focus();
}

async function refresh() {
  const response = await fetch(location.href).catch(() => null);
  if (!response?.ok || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  let held = false;
  for (const region of document.querySelectorAll("[data-live]")) {
    const next = page.getElementById(region.id);
    if (!next || bare(region) === bare(next)) continue;
    if (busy(region)) held = true;
    else swap(region, document.adoptNode(next));
  }
  if (held) return offer();
  // All is shown as it is now: what is posted from here on was written in sight of it.
  const seen = page.querySelector("input[name=seen]")?.value;
  if (seen) document.querySelectorAll("input[name=seen]").forEach((field) => { field.value = seen; });
}

function offer() {
  if (document.querySelector(".live-note")) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "live-note", textContent: "Something changed. Show it" });
  button.addEventListener("click", () => location.reload());
  document.body.append(button);
}

if (from) {
  let source;
  let soon;
  const listen = () => {
    source?.close();
    if (document.visibilityState !== "visible") return;
    source = new EventSource(from);
    source.addEventListener("changed", () => { clearTimeout(soon); soon = setTimeout(refresh, 150); });
  };
  // A page in the background holds no connection; it catches up when it is looked at again.
  document.addEventListener("visibilitychange", () => { listen(); if (document.visibilityState === "visible") refresh(); });
  listen();
}
