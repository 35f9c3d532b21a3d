/** The bank of clips in the page: which there are, fetched and decoded before they are needed. */

const FETCH_MS = 4000;
const AT_ONCE = 4;
const AGAIN_MS = 5000;

export class Clips {
  /** @param {{decode: (data: ArrayBuffer) => Promise<AudioBuffer>, changed?: () => void, root?: string}} parts */
  constructor({ decode, changed = () => {}, root = "/voice" }) {
    Object.assign(this, { decode, changed, root });
    this.buffers = new Map(); // clip -> Promise<AudioBuffer>; a failed one is forgotten, to be tried again
    this.manifest = null;
    this.absent = false; // whether the last look found no bank
  }

  /** Learn what there is, however long the server takes, then fetch all of it, a few at a time. */
  async preload() {
    while (!this.manifest) {
      await this.#readManifest();
      if (!this.manifest) await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
    const ahead = Object.keys(this.manifest.clips).filter((clip) => !this.buffers.has(clip));
    const fetchOn = async () => {
      for (let clip = ahead.shift(); clip; clip = ahead.shift()) await this.get(clip).catch(() => {});
    };
    await Promise.all(Array.from({ length: AT_ONCE }, fetchOn));
  }

  /** The decoded clip ("vi/call-1"); rejects when it cannot be had now. @returns {Promise<AudioBuffer>} */
  get(clip) {
    if (!this.buffers.has(clip)) {
      const coming = this.#load(clip);
      coming.catch(() => this.buffers.delete(clip));
      this.buffers.set(clip, coming);
    }
    return this.buffers.get(clip);
  }

  async #readManifest() {
    try {
      this.manifest = await (await this.#fetch(`${this.root}/manifest.json`, "no-cache")).json();
    } catch {
      this.manifest = null;
    }
    if (this.absent === !this.manifest) return;
    this.absent = !this.manifest;
    this.changed();
  }

  async #load(clip) {
    if (!this.manifest) await this.#readManifest();
    if (!this.manifest) throw new Error("the list of clips is not there");
    const { bank, fingerprint } = this.manifest;
    const answer = await this.#fetch(`${this.root}/${bank}/${clip}.wav?${fingerprint}`, "default");
    return this.decode(await answer.arrayBuffer());
  }

  async #fetch(address, cache) {
    const answer = await fetch(address, { cache, signal: AbortSignal.timeout(FETCH_MS) });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer;
  }
}
