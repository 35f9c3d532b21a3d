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

/** Letters without marks or case: "Sở Tư pháp" is found by "so tu phap", "điện" by "dien". */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

/**
 * The places that fit what was typed, best first: the very letter or number, then a word's beginning, then anywhere.
 * @param {(place) => string} wordsOf all that may be typed for a place, in the reader's languages
 */
export function findPlaces(places, typed, wordsOf) {
  const wanted = plain(typed).trim().split(/\s+/).filter(Boolean);
  if (!wanted.length) return places;
  const ranked = places.map((place, at) => ({ place, at, rank: rankOf(place, wanted, plain(wordsOf(place))) }));
  return ranked.filter(({ rank }) => rank !== null)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ place }) => place);
}

function rankOf(place, wanted, words) {
  if (wanted.length === 1 && plain(place.mark) === wanted[0]) return 0;
  const all = ` ${words}`;
  if (wanted.every((part) => all.includes(` ${part}`))) return 1;
  return wanted.every((part) => all.includes(part)) ? 2 : null;
}
