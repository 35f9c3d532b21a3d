/** The server's time on this screen: device clocks in a hall are often wrong. */

import { useEffect, useState } from "/assets/vendor.js";

const KEEP = 5;
const offsets = [];
let timeZone = "Asia/Ho_Chi_Minh";

/** Learn from a message that carried the server's time (RFC 3339). The median of the last few resists one late one. */
export function hearServerTime(at) {
  const server = Date.parse(at);
  if (Number.isNaN(server)) return;
  offsets.push(server - Date.now());
  if (offsets.length > KEEP) offsets.shift();
}

/** The server's time now, in epoch milliseconds. */
export function now() {
  if (!offsets.length) return Date.now();
  const sorted = [...offsets].sort((a, b) => a - b);
  return Date.now() + sorted[sorted.length >> 1];
}

/** Show times in the centre's zone, whatever the device's is. */
export function setTimeZone(zone) {
  timeZone = zone;
}

/** Hook: `now()`, again every `every` milliseconds, on the beat of the clock. */
export function useNow(every = 1000) {
  const [at, setAt] = useState(now);
  useEffect(() => {
    let timer;
    const tick = () => {
      setAt(now());
      timer = setTimeout(tick, every - (now() % every));
    };
    tick();
    return () => clearTimeout(timer);
  }, [every]);
  return at;
}

/** "08:45" in the centre's zone. @param {number|string} at epoch milliseconds or RFC 3339 */
export function timeOfDay(at) {
  const parts = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
  return parts.format(new Date(at));
}

/** "23/11" in the centre's zone. */
export function dayAndMonth(at) {
  return new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "2-digit", timeZone }).format(new Date(at));
}

/** "Thứ Hai, 23 tháng 11, 2026" or "Monday 23 November 2026". */
export function dateInWords(at, language) {
  const locale = language === "en" ? "en-GB" : "vi-VN";
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone });
  return format.format(new Date(at));
}

/** Whole milliseconds since `at` by the server's clock, never negative. */
export function since(at) {
  return Math.max(0, now() - (typeof at === "number" ? at : Date.parse(at)));
}
