"""What a page's audio graph really played: which clip, when, and whether it reached the loudspeaker.

The ear knows nothing of the page's own code. It listens at the browser's audio nodes, and tells clips apart
by their samples, which it decodes itself from the same files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

from tests.browser.board_page import Board

LISTEN = """
const print = (buffer) => {
  const bits = new Uint32Array(buffer.getChannelData(0).buffer.slice(0));
  let sum = 2166136261;
  for (const one of bits) sum = Math.imul(sum ^ one, 16777619) >>> 0;
  return `${buffer.length}:${sum}`;
};
const ear = (globalThis.ear = { print, heard: [], contexts: [], leads: new Map() });
const AudioContextProper = globalThis.AudioContext;
globalThis.AudioContext = class extends AudioContextProper {
  constructor(...given) { super(...given); ear.contexts.push(this); }
};
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (to, ...rest) {
  ear.leads.set(this, to);
  return connect.call(this, to, ...rest);
};
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (when = 0, offset = 0, duration) {
  let node = this;
  while (ear.leads.has(node)) node = ear.leads.get(node);
  const now = performance.now();
  ear.heard.push({
    buffer: this.buffer, when, duration: duration ?? this.buffer.duration - offset,
    endsAt: now + (when + this.buffer.duration - this.context.currentTime) * 1000,
    late: when < this.context.currentTime, audible: node === this.context.destination,
    running: this.context.state === "running", rate: this.playbackRate.value,
  });
  return duration === undefined ? start.call(this, when, offset) : start.call(this, when, offset, duration);
};
"""

# Told apart only now: while clips are being scheduled, the listener takes none of the page's time.
PLAYED = "ear.heard.map(({ buffer, ...one }) => ({ ...one, print: ear.print(buffer) }))"

NAMES = """
(async (paths) => {
  const names = {};
  const decoder = new OfflineAudioContext(1, 1, ear.contexts[0].sampleRate);
  await Promise.all(paths.map(async ([name, path]) => {
    const data = await (await fetch(path)).arrayBuffer();
    (names[ear.print(await decoder.decodeAudioData(data))] ??= []).push(name);
  }));
  return names;
})(%s)
"""


@dataclass(frozen=True)
class Heard:
    """One clip as it sounded. `names`: every clip with these very samples; times in seconds of the sound
    clock, `ends_at` in milliseconds of the page's."""

    names: tuple[str, ...]
    when: float
    duration: float
    ends_at: float
    clear: bool

    @property
    def end(self) -> float:
        return self.when + self.duration


def listen(context: BrowserContext) -> None:
    """From now on, every page of `context` is listened to."""
    context.add_init_script(LISTEN)


def heard(board: Board | Page, clips: dict[str, int], bank: str = "quick") -> list[Heard]:
    """Everything that was scheduled so far, in the order of sounding."""
    paths = [(name, f"/voice/{bank}/{name}.wav") for name in clips]
    names = board.evaluate(NAMES % json.dumps(paths))
    sounds = [
        Heard(
            names=tuple(names.get(one["print"], ["?"])),
            when=one["when"],
            duration=one["duration"],
            ends_at=one["endsAt"],
            clear=one["audible"] and one["running"] and one["rate"] == 1 and not one["late"],
        )
        for one in board.evaluate(PLAYED)
    ]
    return sorted(sounds, key=lambda sound: sound.when)


def same_clips(sounds: list[Heard], expected: list[str]) -> bool:
    """Whether exactly these clips sounded, in this order; clips with equal samples stand for each other."""
    return len(sounds) == len(expected) and all(
        name in sound.names for sound, name in zip(sounds, expected, strict=True)
    )
