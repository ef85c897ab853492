// One-key shortcuts, with a switch to turn them off. Elements say their key: data-key="c".
const KEY = "keys-off";
const toggle = document.getElementById("keys-on");
const places = { t: "/today", p: "/promises", c: "/customers", i: "/import" };
let going = false;

const rows = () => [...document.querySelectorAll("[data-row]")];
const current = () => document.querySelector("[data-row][data-current]");

const go = (to) => to && location.assign(to);

function move(step) {
  const all = rows();
  const next = all[Math.max(0, Math.min(all.length - 1, all.indexOf(current()) + step))];
  current()?.removeAttribute("data-current");
  next?.setAttribute("data-current", "");
  next?.querySelector("a")?.focus();
}

function press(key) {
  if (going) return go(document.querySelector(`[data-go="${CSS.escape(key)}"]`)?.href ?? places[key]);
  if (key === "j") return move(1);
  if (key === "k") return move(-1);
  if (key === "?") return document.getElementById("keys-help")?.showModal();
  if (key === "/") return document.querySelector("[data-key='/']")?.focus();
  if ("chx".includes(key)) (current() ?? document).querySelector(`[data-key="${key}"]`)?.click();
}

if (toggle) {
  toggle.checked = localStorage.getItem(KEY) === null;
  toggle.addEventListener("change", () => {
    if (toggle.checked) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "1");
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, dialog");
    if (!toggle.checked || typing || event.ctrlKey || event.metaKey || event.altKey || event.key.length > 1) return;
    if (event.key === "/") event.preventDefault();
    press(event.key);
    going = event.key === "g";
  });
}
