/** Where a ticket can be sent, and finding it by typing a few letters: pure. */

/**
 * Every queue and every counter as one list.
 * @returns {{key: string, kind: "queue"|"counter", id: string, mark: string, name: object, detail: object|null, target: object}[]}
 */
export function placesOf(site, { queue, counter }) {
  const areas = new Map(site.areas.map((area) => [area.id, area.name]));
  const queues = site.queues.filter((one) => one.id !== queue).map((one) => ({
    key: `queue ${one.id}`, kind: "queue", id: one.id, mark: one.prefix, name: one.name, detail: null,
    target: { queue: one.id },
  }));
  const counters = site.counters.filter((one) => one.id !== counter).map((one) => ({
    key: `counter ${one.id}`, kind: "counter", id: one.id, mark: one.number, name: null,
    detail: areas.get(one.area) ?? null, target: { counter: one.id },
  }));
  return [...queues, ...counters];
}
