/** The board's voice as one thing: clips, player and announcer put together, and what to say about its state. */

import { Announcer, Memory } from "/board-assets/announcer.js";
import { Clips } from "/board-assets/clips.js";
import { Player } from "/board-assets/player.js";

/** What counts as somebody touching the screen, for browsers that keep sound back until then. */
const TOUCHES = ["pointerup", "touchend", "mousedown", "keydown"];
const TELL_AGAIN_MS = [2000, 5000];

/**
 * @typedef {"off"|"starting"|"silent"|"on"|"none"|"trouble"} SoundStatus off: this board does not speak; silent:
 *   waits for a touch; none: no voice is installed; trouble: the last announcement lacked a clip
 */
export class Sound {
  /**
   * @param {object} parts
   * @param {string} parts.topic "board:main"
   * @param {(event: string, payload: object) => Promise<unknown>} parts.tell to the server
   * @param {() => number} parts.now the server's time
   * @param {(seen: {status: SoundStatus, speaking: object|null}) => void} parts.changed
   */
  constructor({ topic, tell, now, changed }) {
    Object.assign(this, { topic, tell, changed });
    const context = new AudioContext({ latencyHint: "playback" });
    this.clips = new Clips({ decode: (data) => context.decodeAudioData(data), changed: () => this.#say() });
    this.player = new Player({ context, clips: this.clips, changed: () => this.#playerChanged() });
    this.announcer = new Announcer({
      player: this.player,
      now,
      spoken: (id) => this.#tellSpoken(id),
      memory: new Memory(`motcua.spoken.${topic}`),
      changed: () => this.#say(),
    });
    for (const touch of TOUCHES) document.addEventListener(touch, () => this.touch(), { passive: true });
    this.clips.preload();
    this.#say();
  }

  hear(announcements) {
    this.announcer.hear(announcements);
  }

  touch() {
    if (this.player.state !== "on") this.player.unlock();
  }

  /** @returns {SoundStatus} */
  get status() {
    if (this.player.state !== "on") return this.player.state;
    if (this.clips.absent) return "none";
    return this.announcer.missing.length ? "trouble" : "on";
  }

  #playerChanged() {
    this.#say();
    this.announcer?.speak();
  }

  #say() {
    if (this.announcer) this.changed({ status: this.status, speaking: this.announcer.speaking });
  }

  async #tellSpoken(id) {
    for (const pause of [0, ...TELL_AGAIN_MS]) {
      await new Promise((done) => setTimeout(done, pause));
      try {
        await this.tell("spoken", { topic: this.topic, announcement: id });
        return;
      } catch {
        // Not heard by the server: it may only be gone for a moment. Our own memory keeps us from repeating.
      }
    }
  }
}
