// The page that is shown without a connection gives way to the one that was asked for.
if (document.querySelector("[data-offline]")) addEventListener("online", () => location.reload());
