/** Two soft notes for the officer when someone arrives at an empty line; made here, no file to load. */

let context = null;

/** Browsers stay silent until a person has touched the page; call this from any press. */
export function wakeTone() {
  context ??= globalThis.AudioContext ? new AudioContext() : null;
  if (context?.state === "suspended") context.resume();
}

/** @returns {boolean} whether it could be heard */
export function playTone() {
  if (context?.state !== "running") return false;
  note(659.3, context.currentTime);
  note(880, context.currentTime + 0.16);
  return true;
}

function note(frequency, at) {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  oscillator.type = "sine";
  oscillator.frequency.value = frequency;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.16, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.55);
}
