/** The public API from a page: tokens or session, one idempotency key per intention, patience, problems. */

import { at } from "/assets/place.js";
import { language } from "/assets/texts.js";

const BASE = at("/api/v1");
const TIMEOUT_MS = 8000;
const BACK_OFF_MS = [250, 500, 1000, 2000, 4000];
const WORTH_RETRYING = new Set([502, 503, 504]);

/** A call that did not succeed. `code` is the refusal code of the server, or "unreachable" when none answered. */
export class Problem extends Error {
  constructor({ code, status = 0, title = "", detail = "", params = {}, instance = null }) {
    super(detail || title || code);
    this.name = "Problem";
    Object.assign(this, { code, status, title, detail, params, instance });
  }
}

/**
 * A fresh idempotency key. `crypto.randomUUID` is missing on plain http to a LAN address, where kiosks live.
 */
export function newKey() {
  if (globalThis.crypto.randomUUID) return globalThis.crypto.randomUUID();
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** A device's token: from `#token=…` once, then kept on the device and taken out of the address bar. */
export function deviceToken() {
  const place = `motcua.token.${location.pathname}`;
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    localStorage.setItem(place, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return given ?? localStorage.getItem(place);
}

/** The API as one device (token) or one signed-in person (session cookie and CSRF token). */
export class Api {
  constructor({ token = null } = {}) {
    this.token = token;
    this.csrf = null; // from the answer to POST or GET /session
  }

  get(path, options) {
    return this.#call("GET", path, undefined, options);
  }

  /** `key` names the intention: pass the same one to try the same thing again. Tries again by itself, same key. */
  post(path, body = {}, { key = newKey(), ...options } = {}) {
    return this.#call("POST", path, body, { key, ...options });
  }

  delete(path, { key = newKey(), ...options } = {}) {
    return this.#call("DELETE", path, undefined, { key, ...options });
  }

  /** @param {{key?: string, patience?: number, timeout?: number}} options patience: retries after network trouble */
  async #call(method, path, body, { key = null, patience = BACK_OFF_MS.length, timeout = TIMEOUT_MS } = {}) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#once(method, path, body, { key, timeout });
      } catch (problem) {
        const passing = problem.code === "unreachable" || WORTH_RETRYING.has(problem.status);
        if (!passing || attempt >= patience) throw problem;
        await pause(BACK_OFF_MS[Math.min(attempt, BACK_OFF_MS.length - 1)]);
      }
    }
  }

  async #once(method, path, body, { key, timeout }) {
    let answer;
    let text;
    try {
      answer = await fetch(BASE + path, {
        method,
        headers: this.#headers(method, body, key),
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: "same-origin",
        cache: "no-store",
        signal: AbortSignal.timeout(timeout),
      });
      text = await answer.text();
    } catch (cause) {
      throw new Problem({ code: "unreachable", title: String(cause?.message ?? cause) });
    }
    const content = parse(text);
    if (answer.ok) return content;
    throw new Problem({ code: "server_error", status: answer.status, title: answer.statusText, ...content });
  }

  #headers(method, body, key) {
    const headers = { Accept: "application/json", "Accept-Language": language() };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (key) headers["Idempotency-Key"] = key;
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (this.csrf && method !== "GET") headers["X-CSRF-Token"] = this.csrf;
    return headers;
  }
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function parse(text) {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
