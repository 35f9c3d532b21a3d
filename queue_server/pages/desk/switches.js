/** What an officer switches on or off for this browser, and keeps: the tone, the single keys. */

import { useState } from "/assets/vendor.js";

/** Hook: a switch that is on until it was switched off here. @returns {{on: boolean, flip: () => void}} */
export function useSwitch(name) {
  const place = `motcua.desk.${name}`;
  const [on, setOn] = useState(() => localStorage.getItem(place) !== "off");
  const flip = () => {
    localStorage.setItem(place, on ? "off" : "on");
    setOn(!on);
  };
  return { on, flip };
}
