/** Where sign-in leads: only to a page of this very server, whatever the address says. Pure. */

const DESK = "/desk";
const HALL = "/supervisor";

/**
 * @param {string|null} next the `next` of the address; @param {string} origin this page's own
 * @param {string} role of whoever signed in: without a good `next`, they go to their own page
 * @param {string} place the beginning of every address of their centre
 */
export function destination(next, origin, role, place = "") {
  return wanted(next, origin) ?? place + (role === "officer" ? DESK : HALL);
}

function wanted(next, origin) {
  if (!next || !next.startsWith("/")) return null;
  let url;
  try {
    url = new URL(next, origin);
  } catch {
    return null;
  }
  if (url.origin !== origin || url.pathname.startsWith("//") || url.pathname.endsWith("/signin")) return null;
  return url.pathname + url.search + url.hash;
}
