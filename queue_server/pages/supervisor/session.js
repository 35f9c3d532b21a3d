/** Leaving the supervisor's page: to the sign-in page and back, or for good. */

import { at } from "/assets/place.js";

const HERE = at("/supervisor");

/** Sign in, then come back here. Returns null, for the page is going away. */
export function signInAgain() {
  location.replace(at(`/signin?next=${encodeURIComponent(HERE)}`));
  return null;
}

/** End the session, then show the sign-in page. Rejects with the Problem when the server could not be told. */
export async function signOut(api) {
  await api.delete("/session", { patience: 1 });
  location.assign(at(`/signin?next=${encodeURIComponent(HERE)}`));
}
