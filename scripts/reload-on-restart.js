
// Only in the client of `make dev`, behind start.js: loads the page again when the server has come back with
// another client, or was seen to be away. A changed file has another name, so the old one is gone then.
const ASK_EVERY_MS = 300;
const stylesheet = document.querySelector('link[rel="stylesheet"]');
const ours = [import.meta.url, stylesheet?.href].filter(Boolean);
let wasAway = false;
setInterval(async () => {
  try {
    const answers = await Promise.all(ours.map((file) => fetch(file, { method: "HEAD", cache: "no-store" })));
    if (wasAway || answers.some((answer) => answer.status === 404)) {
      location.reload();
    }
  } catch {
    wasAway = true;
  }
}, ASK_EVERY_MS);
