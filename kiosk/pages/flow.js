/** Where a citizen is on the way to a number, as a pure reducer: steps, choices, and one intention per number. */

/**
 * @typedef {object} Flow
 * @property {"rest"|"agency"|"queue"|"service"|"confirm"|"ticket"} step
 * @property {string[]} trail the steps behind, for Back
 * @property {object|null} agency
 * @property {object|null} queue
 * @property {object|null} service null: another matter, or not chosen yet
 * @property {{key: string, class: string, attempt: number}|null} intention one key however often it is tried
 * @property {boolean} taking the intention is with the server
 * @property {object|null} problem why the last try gave no number
 * @property {object|null} ticket
 */

/** @type {Flow} */
export const AT_REST = Object.freeze({
  step: "rest", trail: [], agency: null, queue: null, service: null,
  intention: null, taking: false, problem: null, ticket: null,
});

/** Troubles after which a number may or may not have been given: only the same intention may be tried again. */
export function mayHaveSucceeded(problem) {
  return Boolean(problem) && (problem.code === "unreachable" || problem.status >= 500);
}

/** @param {Flow} flow @param {{type: string}} action @returns {Flow} */
export function reduce(flow, action) {
  const rule = RULES[action.type];
  if (!rule) throw new Error(`no such action: ${action.type}`);
  return rule(flow, action);
}

const RULES = {
  start: (flow) => (flow.step === "rest" ? { ...AT_REST, step: "agency", trail: ["rest"] } : flow),

  chooseAgency(flow, { agency, queues }) {
    if (flow.step !== "agency") return flow;
    const only = queues.length === 1 ? queues[0] : null;
    return forward({ ...flow, agency, queue: only, service: null }, only ? "service" : "queue");
  },

  chooseQueue(flow, { queue }) {
    return flow.step === "queue" ? forward({ ...flow, queue, service: null }, "service") : flow;
  },

  chooseService(flow, { service }) {
    return flow.step === "service" ? forward({ ...flow, service }, "confirm") : flow;
  },

  /** A line without a list of services: the question is not asked, and Back does not lead to it. */
  skipService(flow) {
    return flow.step === "service" ? { ...flow, step: "confirm", service: null } : flow;
  },

  /** The citizen wants a number. A second tap while the first is under way changes nothing. */
  take(flow, { key, class: chosen }) {
    if (flow.step !== "confirm" || flow.taking || mayHaveSucceeded(flow.problem)) return flow;
    return { ...flow, intention: { key, class: chosen, attempt: 1 }, taking: true, problem: null };
  },

  /** Try the same intention again, under the same key. */
  retry(flow) {
    if (!flow.intention || flow.taking || !mayHaveSucceeded(flow.problem)) return flow;
    const attempt = flow.intention.attempt + 1;
    return { ...flow, intention: { ...flow.intention, attempt }, taking: true, problem: null };
  },

  issued(flow, { key, ticket }) {
    if (flow.intention?.key !== key) return flow; // an answer for somebody who has gone
    return { ...flow, step: "ticket", trail: [], taking: false, problem: null, ticket };
  },

  refused(flow, { key, problem }) {
    return flow.intention?.key === key ? { ...flow, taking: false, problem } : flow;
  },

  back(flow) {
    if (flow.taking || flow.step === "ticket" || flow.trail.length === 0) return flow;
    if (flow.trail.at(-1) === "rest") return AT_REST;
    return { ...flow, step: flow.trail.at(-1), trail: flow.trail.slice(0, -1), intention: null, problem: null };
  },

  otherAgency(flow) {
    return flow.taking ? flow : { ...AT_REST, step: "agency", trail: ["rest"] };
  },

  startOver: (flow) => (flow.taking ? flow : AT_REST),
};

function forward(flow, step) {
  return { ...flow, step, trail: [...flow.trail, flow.step], intention: null, problem: null };
}
