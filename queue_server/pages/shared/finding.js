/** Finding a place by what somebody types: an agency, a counter, a centre. Pure. */

/** Letters without marks or case: "Sở Tư pháp" is found by "so tu phap". */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

/** The places that fit what was typed: the very letter or number first, then the very
 * words, then where each typed part begins a word, then anywhere. */
export function findPlaces(places, typed, wordsOf) {
  const wanted = plain(typed).trim().split(/\s+/).filter(Boolean);
  if (!wanted.length) return places;
  const rank = (place) => {
    if (wanted.length === 1 && plain(place.mark ?? place.id) === wanted[0]) return 0;
    const words = ` ${plain(wordsOf(place))}`;
    if (words.includes(` ${wanted.join(" ")}`)) return 1;
    if (wanted.every((part) => words.includes(` ${part}`))) return 2;
    return wanted.every((part) => words.includes(part)) ? 3 : 4;
  };
  return [0, 1, 2, 3].flatMap((wantedRank) => places.filter((place) => rank(place) === wantedRank));
}
