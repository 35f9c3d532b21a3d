/** Sound on the WebAudio clock: the clips of an announcement joined without a gap, and whether any can be heard. */

/** Room to schedule before the first sample must sound, seconds. */
const LEAD = 0.15;
/** Silence between one language and the next, seconds. */
const BETWEEN_LANGUAGES = 0.45;
/** A clock that stands still longer than this after the end was due has lost its loudspeaker, milliseconds. */
const PATIENCE_MS = 3000;
const LOOK_MS = 200;
/** How long a browser may take to start sound by itself before the board says that it is silent, milliseconds. */
const START_MS = 1200;

/** @typedef {"starting"|"silent"|"on"} SoundState "silent": the browser waits for somebody to touch the screen */

export class Player {
  /** @param {{context: AudioContext, clips: {get: (clip: string) => Promise<AudioBuffer>}, changed?: () => void}} parts */
  constructor({ context, clips, changed = () => {} }) {
    Object.assign(this, { context, clips, changed });
    /** @type {SoundState} */
    this.state = "starting";
    context.addEventListener("statechange", () => this.#look());
    setTimeout(() => this.#look({ late: true }), START_MS);
    this.unlock();
  }

  get ready() {
    return this.state === "on";
  }

  /** Ask the browser for sound; it grants this at once where autoplay is allowed, else only from a touch or a key. */
  unlock() {
    this.context.resume().then(() => this.#look(), () => this.#look());
  }

  /** Play all that there is of the clips, language by language; what is missing is left out and named. */
  async say(clips) {
    const missing = [];
    const parts = [];
    for (const [, names] of clips) {
      const found = await Promise.allSettled(names.map((name) => this.clips.get(name)));
      missing.push(...names.filter((_, at) => found[at].status === "rejected"));
      parts.push(found.filter(({ status }) => status === "fulfilled").map(({ value }) => value));
    }
    const end = this.#schedule(parts.filter((buffers) => buffers.length));
    if (end !== null) await this.#until(end);
    return { played: parts.flat().length, missing };
  }

  /** @returns {number|null} when the last sample sounds, on the context's clock; null if there is none */
  #schedule(parts) {
    if (!parts.length) return null;
    let when = this.context.currentTime + LEAD;
    let end = when;
    for (const buffers of parts) {
      for (const buffer of buffers) {
        const source = this.context.createBufferSource();
        source.buffer = buffer;
        source.connect(this.context.destination);
        source.start(when);
        when += buffer.duration;
      }
      end = when;
      when += BETWEEN_LANGUAGES;
    }
    return end;
  }

  /** Wait for the context's clock: it stops with the sound, so what was cut off by a pause is still heard in full. */
  #until(end) {
    return new Promise((done) => {
      let last = this.context.currentTime;
      let movedAt = performance.now();
      const look = setInterval(() => {
        const time = this.context.currentTime;
        if (time !== last || this.context.state !== "running") movedAt = performance.now();
        last = time;
        if (time < end && performance.now() - movedAt < PATIENCE_MS) return;
        clearInterval(look);
        done();
      }, LOOK_MS);
    });
  }

  #look({ late = false } = {}) {
    const starting = this.state === "starting" && !late;
    const next = this.context.state === "running" ? "on" : starting ? "starting" : "silent";
    if (next === this.state) return;
    this.state = next;
    this.changed();
  }
}
