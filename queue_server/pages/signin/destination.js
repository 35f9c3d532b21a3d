/** Where sign-in leads: only to a page of this very server, whatever the address says. Pure. */

const HOME = "/desk";

/** @param {string|null} next the `next` of the address; @param {string} origin this page's own */
export function destination(next, origin) {
  if (!next || !next.startsWith("/")) return HOME;
  let url;
  try {
    url = new URL(next, origin);
  } catch {
    return HOME;
  }
  if (url.origin !== origin || url.pathname.startsWith("//") || url.pathname === "/signin") return HOME;
  return url.pathname + url.search + url.hash;
}
