/** Soft notes for the officer: someone came to an empty line, a reminder is due, a supervisor asks; made here. */

let context = null;

/** Browsers stay silent until a person has touched the page; call this from any press. */
export function wakeTone() {
  context ??= globalThis.AudioContext ? new AudioContext() : null;
  if (context?.state === "suspended") context.resume();
}

/** Rising: someone is waiting. */
export const playArrival = () => play([659.3, 880]);

/** Falling: somebody who was put aside is due. */
export const playReminder = () => play([784, 587.3]);

/** Three steps: a supervisor asks for this counter. */
export const playSummons = () => play([523.3, 659.3, 784]);

/** @returns {boolean} whether it could be heard */
function play(frequencies) {
  if (context?.state !== "running") return false;
  frequencies.forEach((frequency, at) => note(frequency, context.currentTime + at * 0.16));
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
