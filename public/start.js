// Starts the client: a file of its own because the content security policy forbids inline scripts.
// The page works before this has run; afterwards clicks are answered without a page load.
import init from "./vestibule.js";

await init();
// Tests, and styles of controls that need the client, wait for this mark.
document.documentElement.dataset.hydrated = "true";
