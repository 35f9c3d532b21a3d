/** Leaving the desk: to the sign-in page and back, or for good. */

/** Sign in, then come back to this very desk. Returns null, for the page is going away. */
export function signInAgain() {
  location.replace(`/signin?next=${encodeURIComponent(location.pathname + location.search)}`);
  return null;
}

/** End the session, then show the sign-in page. Rejects with the Problem when the server could not be told. */
export async function signOut(api) {
  await api.delete("/session", { patience: 1 });
  location.assign("/signin?next=/desk");
}
