// Whoever leaves for the phone through a call link finds the after-call sheet on return: as a sheet
// over the words in the talk, as its own page from elsewhere.
const KEY = "calling";

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-call]");
  if (link) sessionStorage.setItem(KEY, JSON.stringify({ to: link.dataset.call, at: Date.now() }));
});

function back() {
  if (document.visibilityState !== "visible") return;
  const call = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  // The click itself may blur and focus the page; a call takes longer than that.
  if (!call || Date.now() - call.at < 2000) return;
  sessionStorage.removeItem(KEY);
  const sheet = document.getElementById("after-call");
  if (sheet) sheet.showModal();
  else location.assign(call.to);
}

document.addEventListener("visibilitychange", back);
addEventListener("focus", back);
addEventListener("pageshow", back);
