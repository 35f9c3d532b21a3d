"""A mono sound in memory: read from and written to WAV, trimmed of silence, brought to one loudness."""

from __future__ import annotations

import math
import sys
import wave
from array import array
from dataclasses import dataclass
from io import BytesIO

FULL_SCALE = 32_767
LOUDNESS = 0.125
"""Root mean square of every clip while it speaks, of full scale (−18 dB): even, with room for peaks."""

PEAK = 0.9
"""No sample beyond this part of full scale, so that a loud hall amplifier still has room."""

SILENCE = 0.02
"""What counts as silence at a clip's ends, as a part of the clip's own peak (−34 dB)."""

HEAD_MS, TAIL_MS = 12, 70
"""What is kept around the speech: clips are joined without a gap, so this is the rhythm of the reading."""


class UnreadableRecording(ValueError):
    """The recording is not a WAV of 16-bit samples with at least a moment of sound."""


@dataclass(frozen=True)
class Sound:
    """Samples of one channel, −32,768..32,767, `rate` a second."""

    rate: int
    samples: array[int]

    @property
    def milliseconds(self) -> int:
        return round(1000 * len(self.samples) / self.rate)

    @classmethod
    def from_wav(cls, data: bytes) -> Sound:
        """The sound of a 16-bit WAV, its channels mixed to one; UnreadableRecording for anything else."""
        try:
            with wave.open(BytesIO(data)) as file:
                channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
                # A WAV written to a pipe announces more frames than it has; what is there is what counts.
                frames = file.readframes(len(data))
        except (wave.Error, EOFError) as error:
            raise UnreadableRecording(str(error) or "the file ends early") from error
        if width != 2:
            raise UnreadableRecording(f"samples of {8 * width} bits; 16 are needed")
        samples = array("h", frames[: len(frames) // (2 * channels) * 2 * channels])
        if sys.byteorder == "big":
            samples.byteswap()
        if channels > 1:
            mixed = (sum(samples[at : at + channels]) // channels for at in range(0, len(samples), channels))
            samples = array("h", mixed)
        return cls(rate, samples)

    def to_wav(self) -> bytes:
        samples = array("h", self.samples)
        if sys.byteorder == "big":
            samples.byteswap()
        buffer = BytesIO()
        with wave.open(buffer, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self.rate)
            file.writeframes(samples.tobytes())
        return buffer.getvalue()

    def trimmed(self) -> Sound:
        """Without the silence at both ends but a short head and tail, faded so that no join clicks."""
        peak = max(map(abs, self.samples), default=0)
        if peak < FULL_SCALE // 1000:
            raise UnreadableRecording("there is nothing to hear in it")
        floor = peak * SILENCE
        first = next(at for at, sample in enumerate(self.samples) if abs(sample) > floor)
        last = next(at for at in range(len(self.samples) - 1, -1, -1) if abs(self.samples[at]) > floor)
        head, tail = self._count(HEAD_MS), self._count(TAIL_MS)
        before = array("h", [0]) * max(0, head - first)
        after = array("h", [0]) * max(0, last + 1 + tail - len(self.samples))
        kept = before + self.samples[max(0, first - head) : last + 1 + tail] + after
        return Sound(self.rate, _faded(kept, head, tail))

    def levelled(self) -> Sound:
        """As loud as every other clip: LOUDNESS while it speaks, unless PEAK forbids."""
        peak = max(map(abs, self.samples), default=0)
        if not peak:
            return self
        voiced = [sample for sample in self.samples if abs(sample) > peak * 0.1]
        root_mean_square = math.sqrt(sum(sample * sample for sample in voiced) / len(voiced))
        gain = min(LOUDNESS * FULL_SCALE / root_mean_square, PEAK * FULL_SCALE / peak)
        return Sound(self.rate, array("h", (round(sample * gain) for sample in self.samples)))

    def _count(self, milliseconds: int) -> int:
        return self.rate * milliseconds // 1000


def _faded(samples: array[int], head: int, tail: int) -> array[int]:
    """`samples` rising from nothing over the first `head` of them, to nothing over the last `tail`."""
    faded = array("h", samples)
    for at in range(head):
        faded[at] = faded[at] * at // head
    for at in range(tail):
        faded[-1 - at] = faded[-1 - at] * at // tail
    return faded
