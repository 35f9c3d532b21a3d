/** What to say of a request at the door that failed: the text ids and their figures. Pure. */

const FEW = 2;

/** @returns {{title: string, advice: string, params?: object, kind?: string}} */
export function troubleOf(problem) {
  const { code, status, params = {} } = problem;
  if (code === "unreachable") return { title: "problem-unreachable", advice: "signin-away-advice" };
  if (code === "account_locked") return { title: "signin-locked", advice: "signin-locked-advice", params: { n: minutes(params) } };
  if (code === "session_ended" || code === "not_signed_in") return ENDED;
  if (status === 429) return { title: "signin-throttled", advice: "signin-throttled-advice", params: { n: minutes(params) } };
  if (status >= 500) return { title: "problem-server", advice: "problem-server-advice", params: { id: problem.instance ?? "–" } };
  if (code === "bad_credentials" && params.left <= FEW) {
    return { title: "signin-wrong", advice: "signin-wrong-few", params: { n: params.left } };
  }
  return { title: "signin-wrong", advice: "signin-wrong-advice" };
}

/** The session is over, by time or from elsewhere: nothing was lost, and signing in leads back. */
export const ENDED = { title: "signin-ended", advice: "signin-ended-advice", kind: "notice" };

const minutes = (params) => Math.max(1, Math.ceil(Number(params.seconds ?? 60) / 60));
