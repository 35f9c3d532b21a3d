/** The order of speaking: one announcement at a time, by id, each in full, none twice, none past its time. */

/**
 * @typedef {object} Announcement a row of the board's topic
 * @property {number} id rising
 * @property {string} at RFC 3339
 * @property {string} expires RFC 3339; from then on it is shown but no longer spoken
 * @property {[string, string[]][]} clips by language, in the order of speaking
 *
 * @typedef {object} Player
 * @property {boolean} ready whether sound comes out at all now
 * @property {(clips: [string, string[]][]) => Promise<{played: number, missing: string[]}>} say resolves when all
 *   of it was heard, or as much of it as there was
 */

const KEPT = 200;

export class Announcer {
  /**
   * @param {object} parts
   * @param {Player} parts.player
   * @param {() => number} parts.now the server's time, epoch milliseconds
   * @param {(id: number) => void} parts.spoken told after each announcement that was heard
   * @param {Memory} parts.memory what was spoken before, also before a reload
   * @param {(state: {speaking: Announcement|null, missing: string[]}) => void} [parts.changed]
   */
  constructor({ player, now, spoken, memory, changed = () => {} }) {
    Object.assign(this, { player, now, spoken, memory, changed });
    this.waiting = new Map();
    this.speaking = null;
    this.missing = [];
  }

  /** All announcements that the topic holds now: new ones are lined up, those taken back are let go. */
  hear(announcements) {
    const held = new Map(announcements.map((one) => [one.id, one]));
    for (const id of this.waiting.keys()) if (!held.has(id)) this.waiting.delete(id);
    for (const [id, one] of held) {
      const due = id !== this.speaking?.id && Date.parse(one.expires) > this.now();
      if (due && !this.memory.has(one)) this.waiting.set(id, one);
    }
    return this.speak();
  }

  /** Speak what waits; call again whenever the player became ready. Resolves when nothing more can be said now. */
  async speak() {
    if (this.speaking) return;
    for (let one = this.#next(); one; one = this.#next()) await this.#say(one);
  }

  #next() {
    if (!this.player.ready) return null;
    for (const one of [...this.waiting.values()].sort((a, b) => a.id - b.id)) {
      if (Date.parse(one.expires) > this.now()) return one;
      this.waiting.delete(one.id);
    }
    return null;
  }

  async #say(one) {
    this.waiting.delete(one.id);
    this.memory.add(one); // before the first sound: a reload in mid-sentence must not start it again
    this.#show(one);
    try {
      const { played, missing } = await this.player.say(one.clips);
      this.missing = missing;
      if (played) this.spoken(one.id);
    } catch (problem) {
      console.warn("announcement", one.id, problem);
      this.missing = one.clips.flatMap(([, clips]) => clips);
    } finally {
      this.#show(null);
    }
  }

  #show(speaking) {
    this.speaking = speaking;
    this.changed({ speaking, missing: this.missing });
  }
}

/**
 * Which announcements this board has spoken, kept on the device. An id alone is not enough: a server set up afresh
 * counts from 1 again, and its first calls must be heard.
 */
export class Memory {
  constructor(place, storage = localStorage) {
    Object.assign(this, { place, storage });
    this.marks = new Set(this.#read());
  }

  has(announcement) {
    return this.marks.has(markOf(announcement));
  }

  add(announcement) {
    this.marks.add(markOf(announcement));
    const kept = [...this.marks].slice(-KEPT);
    this.marks = new Set(kept);
    try {
      this.storage.setItem(this.place, JSON.stringify(kept));
    } catch {
      // A full or forbidden storage costs only the memory across a reload.
    }
  }

  #read() {
    try {
      const kept = JSON.parse(this.storage.getItem(this.place));
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  }
}

const markOf = ({ id, at }) => `${id}@${at}`;
