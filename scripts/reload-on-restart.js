
// Only in the client of `make dev`, behind start.js: loads the page again when the server was away and is back.
const ASK_EVERY_MS = 200;
let wasAway = false;
setInterval(async () => {
  try {
    await fetch("/healthz", { cache: "no-store" });
    if (wasAway) {
      location.reload();
    }
  } catch {
    wasAway = true;
  }
}, ASK_EVERY_MS);
