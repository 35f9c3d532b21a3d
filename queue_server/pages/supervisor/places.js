/** Where a ticket can be moved, and finding it by a few typed letters: pure. */

/** Every queue and every counter but those where it is: {kind, id, mark, name, detail, target}. */
export function placesOf(site, ticket) {
  const areas = new Map(site.areas.map((area) => [area.id, area.name]));
  const queues = site.queues.filter((one) => one.id !== ticket.queue)
    .map((one) => ({ kind: "queue", id: one.id, mark: one.prefix, name: one.name, target: { queue: one.id } }));
  const counters = site.counters.filter((one) => one.id !== ticket.only_counter)
    .map((one) => ({ kind: "counter", id: one.id, mark: one.number, name: null, detail: areas.get(one.area), target: { counter: one.id } }));
  return [...queues, ...counters];
}
