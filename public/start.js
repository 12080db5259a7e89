// Starts the client: a file of its own because the content security policy forbids inline scripts.
// The page works before this has run; afterwards clicks are answered without a page load.
import init from "./vestibule.js";

const ZONE_COOKIE = "vestibule_time_zone";

/** The value of a cookie, or nothing. */
function cookie(name) {
  const pair = document.cookie.split("; ").find((text) => text.startsWith(`${name}=`));
  return pair && decodeURIComponent(pair.slice(name.length + 1));
}

/**
 * Tells the server the reader's time zone, which only the browser knows. True when the page was written
 * in another one: it is loaded again then, so that no two rows speak of different clocks.
 */
function changedTimeZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const before = cookie(ZONE_COOKIE);
  if (before === zone) {
    return false;
  }
  document.cookie = `${ZONE_COOKIE}=${encodeURIComponent(zone)}; Path=/; Max-Age=31536000; SameSite=Lax`;
  // Without cookies the page stays in UTC, and says so.
  return cookie(ZONE_COOKIE) === zone && (before ?? "UTC") !== zone;
}

if (changedTimeZone()) {
  location.reload();
} else {
  await init();
  // Tests, and styles of controls that need the client, wait for this mark.
  document.documentElement.dataset.hydrated = "true";
}
