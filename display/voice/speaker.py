"""Who says the words of a clip: a port, and espeak-ng as the stand-in for human recordings.

Another voice is another `Speaker`. For a Piper model that a centre brings, that is one class whose `say` runs
`piper --model FILE --output_file -` with the text on standard input and reads the WAV from standard output,
and whose `name` holds the model's file name, so that a new model rebuilds the bank.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from typing import Protocol

from display.voice.sound import Sound, UnreadableRecording


class VoiceUnavailable(RuntimeError):
    """The program that speaks is missing, or said nothing; the message says how to mend it."""


class Speaker(Protocol):
    """Turns a few words into sound. `name` changes whenever the sound would."""

    @property
    def name(self) -> str: ...

    def say(self, text: str, language: str) -> Sound:
        """The words as speech; VoiceUnavailable when this voice cannot say them."""
        ...


VOICES = {"vi": "vi", "en": "en-gb"}
"""espeak-ng's voices; "vi-vn-x-south" is its southern Vietnamese."""


@dataclass(frozen=True)
class Espeak:
    """Debian's espeak-ng: plain and a little mechanical, but there on every machine, and quick.

    `words_per_minute` is below the usual 175, because a hall echoes and old ears need time.
    """

    voices: dict[str, str] = field(default_factory=lambda: dict(VOICES))
    words_per_minute: int = 145
    pitch: int = 42
    program: str = "espeak-ng"

    @property
    def name(self) -> str:
        voices = ",".join(f"{language}={voice}" for language, voice in sorted(self.voices.items()))
        return f"{self.program} {voices} -s {self.words_per_minute} -p {self.pitch}"

    def say(self, text: str, language: str) -> Sound:
        options = ["-v", self.voices[language], "-s", str(self.words_per_minute), "-p", str(self.pitch)]
        try:
            spoken = subprocess.run(
                [self.program, *options, "--stdout", "--stdin"],
                input=text.encode(),
                capture_output=True,
                check=True,
                timeout=20,
            )
            return Sound.from_wav(spoken.stdout)
        except FileNotFoundError as error:
            raise VoiceUnavailable(f"{self.program} is not installed: apt-get install espeak-ng") from error
        except (subprocess.SubprocessError, UnreadableRecording) as error:
            raise VoiceUnavailable(f"{self.program} could not say “{text}” ({language}): {error}") from error
