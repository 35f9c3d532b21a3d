/** Live topics over Socket.IO: joins, resumes after a gap, a lost link or a restart, and says when it is stale. */

import { io } from "/vendor/socket.io-client/dist/socket.io.esm.min.js";
import { hearServerTime } from "/assets/clock.js";
import { applyBeat, applyChange, applySnapshot, emptyTopic, firstAsk, statusOf } from "/assets/liveStore.js";
import { at } from "/assets/place.js";
import { useEffect, useState } from "/assets/vendor.js";

export { rows, single } from "/assets/liveStore.js";

const ACK_MS = 5000;
const LOOK_EVERY_MS = 500;
const RECONNECT_AFTER_REFUSAL_MS = 5000;

const monotonic = () => performance.now();

/** One link to the server, carrying any number of topics. `makeSocket` exists for tests. */
export class Live {
  constructor({ token = null, makeSocket = openSocket } = {}) {
    this.topics = new Map();
    this.socket = makeSocket(token);
    this.socket.on("connect", () => this.#askAll());
    this.socket.on("connect_error", () => this.#reconnectLater());
    this.socket.on("disconnect", (reason) => reason === "io server disconnect" && this.#reconnectLater());
    this.socket.on("snapshot", (message) => this.#onSnapshot(message));
    this.socket.on("change", (message) => this.#onChange(message));
    this.socket.on("beat", (message) => this.#onBeat(message));
    this.looking = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /**
   * Follow a topic. `listener({data, seq, status, problem})` is called at once and on every change.
   * @returns {() => void} stop following
   */
  follow(name, listener) {
    let entry = this.topics.get(name);
    if (!entry) {
      entry = { topic: emptyTopic(name), heardAt: null, since: monotonic(), problem: null, asking: false,
        listeners: new Set(), status: "connecting" };
      this.topics.set(name, entry);
      this.#ask(entry, "join");
    }
    entry.listeners.add(listener);
    listener(view(entry));
    return () => {
      entry.listeners.delete(listener);
      if (entry.listeners.size || this.topics.get(name) !== entry) return;
      this.topics.delete(name);
      if (this.socket.connected) this.socket.emit("leave", { topic: name });
    };
  }

  /** Send an event and wait for its acknowledgement, e.g. `spoken`. Rejects when none comes in time. */
  async tell(event, payload) {
    return this.socket.timeout(ACK_MS).emitWithAck(event, payload);
  }

  close() {
    clearInterval(this.looking);
    this.socket.disconnect();
  }

  #askAll() {
    for (const entry of this.topics.values()) {
      entry.asking = false;
      this.#ask(entry, firstAsk(entry.topic));
    }
  }

  async #ask(entry, what) {
    if (entry.asking || !this.socket.connected) return; // asked already, or `connect` will ask for all
    entry.asking = true;
    const { name, seq } = entry.topic;
    try {
      const answer = await this.tell(what, what === "join" ? { topic: name } : { topic: name, seq });
      entry.problem = answer?.problem ?? null;
      this.#notify(entry);
    } catch {
      // No answer in time: the next beat, or the next connection, asks again.
    } finally {
      entry.asking = false;
    }
  }

  #heard(entry, message) {
    entry.heardAt = monotonic();
    if (message.at) hearServerTime(message.at);
  }

  #onSnapshot(message) {
    const entry = this.topics.get(message.topic);
    if (!entry) return;
    this.#heard(entry, message);
    entry.topic = applySnapshot(entry.topic, message);
    entry.problem = null;
    this.#notify(entry);
  }

  #onChange(message) {
    const entry = this.topics.get(message.topic);
    if (!entry) return;
    this.#heard(entry, message);
    const { topic, ask } = applyChange(entry.topic, message);
    entry.topic = topic;
    if (ask) this.#ask(entry, ask);
    this.#notify(entry);
  }

  #onBeat(message) {
    for (const entry of this.topics.values()) {
      const seq = message.seqs?.[entry.topic.name];
      if (seq !== undefined) this.#heard(entry, message);
      const { topic, ask } = applyBeat(entry.topic, seq);
      entry.topic = topic;
      if (ask) this.#ask(entry, ask);
      this.#notify(entry, { onlyIfStatusChanged: true });
    }
  }

  #look() {
    for (const entry of this.topics.values()) this.#notify(entry, { onlyIfStatusChanged: true });
  }

  #notify(entry, { onlyIfStatusChanged = false } = {}) {
    const status = statusOf(entry.topic, { ...entry, now: monotonic() });
    if (onlyIfStatusChanged && status === entry.status) return;
    entry.status = status;
    const seen = view(entry);
    for (const listener of entry.listeners) listener(seen);
  }

  // Socket.IO gives up for good when the server itself said no; a restarted or repaired server deserves a try.
  #reconnectLater() {
    if (this.socket.active) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.socket.connect(), RECONNECT_AFTER_REFUSAL_MS);
  }
}

function view(entry) {
  return { data: entry.topic.data, seq: entry.topic.seq, status: entry.status, problem: entry.problem };
}

function openSocket(token) {
  return io({
    path: at("/socket.io"),
    transports: ["websocket"],
    auth: token ? { token } : {},
    reconnectionDelay: 300,
    reconnectionDelayMax: 3000,
    randomizationFactor: 0.5,
    timeout: 5000,
  });
}

let shared = null;

/** Open the page's link; call once, before the first `useTopic`. */
export function openLive(options) {
  shared?.close();
  shared = new Live(options);
  return shared;
}

/** The page's link, opened by `openLive`. */
export function live() {
  if (!shared) throw new Error("openLive() was not called");
  return shared;
}

const NOTHING = { data: null, seq: -1, status: "connecting", problem: null };

/** Hook: what is known of a topic now. @returns {{data, seq, status: "connecting"|"live"|"stale"|"refused", problem}} */
export function useTopic(name) {
  const [seen, setSeen] = useState(NOTHING);
  useEffect(() => (name ? live().follow(name, setSeen) : undefined), [name]);
  return seen;
}
