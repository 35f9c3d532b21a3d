/** Whether a line gives numbers today: what the supervisor closed or limited is shown before it is chosen. Pure. */

/** @param {object|undefined} line a row of the kiosk's topic @returns {null|"closed"|"full"} null: numbers are given, or nothing is known */
export function shut(line) {
  if (line?.gate === "closed") return "closed";
  return line?.limit != null && line.given >= line.limit ? "full" : null;
}

/** The same of several lines together, as of an agency: shut only when each of them is. */
export function allShut(lines, queues) {
  const states = queues.map((queue) => shut(lines[queue.id]));
  if (!states.length || states.includes(null)) return null;
  return states.includes("full") ? "full" : "closed";
}
