"""The bank of clips on disk: built from a vocabulary when it changed, with human recordings in their places.

On disk, under a root: `manifest.json` names the bank in use, a fingerprint of what it was made from, and
every clip with its length; `<bank>/<language>/<clip>.wav` are the clips. A reader sees the old bank or the
new one, never half of either.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from display.voice.sound import Sound, UnreadableRecording
from display.voice.speaker import Espeak, Speaker, VoiceUnavailable
from display.voice.tones import TONES

Vocabulary = Mapping[str, Mapping[str, str]]
"""By language: clip → the words it says; a clip without words is one of TONES."""

CRAFT = 1
"""Raised whenever trimming, levels or tones change, so that every bank is rendered again."""

CLIPS = Path(__file__).parent / "clips"
"""Where the banks of this machine stand; not kept in the repository."""


@dataclass(frozen=True)
class Bank:
    """What a build left behind. `milliseconds` has every clip ("vi/call-1"); `recorded` those from people."""

    name: str
    fingerprint: str
    milliseconds: Mapping[str, int]
    recorded: tuple[str, ...]
    rendered: bool


def build(
    vocabulary: Vocabulary,
    root: Path = CLIPS,
    *,
    name: str = "default",
    recordings: Path | None = None,
    speaker: Speaker | None = None,
) -> Bank:
    """Make the bank `name` under `root` the one in use; quick when nothing changed since the last time.

    `recordings` is a folder of `<language>/<clip>.wav` (16 bit, any rate): each replaces the stand-in clip of
    that name. Raises VoiceUnavailable when the speaker cannot speak, or a recording cannot be read or is no
    clip's.
    """
    speaker = speaker or Espeak()
    recorded = _recordings(vocabulary, recordings)
    fingerprint = _fingerprint(vocabulary, speaker, recorded)
    standing = _standing(root, name, fingerprint)
    if standing:
        return standing
    fresh = root / f".{name}.{os.getpid()}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    lengths: dict[str, int] = {}
    for language, clips in vocabulary.items():
        (fresh / language).mkdir(parents=True)
        for clip, words in clips.items():
            sound = _sound(f"{language}/{clip}", words, recorded, speaker)
            (fresh / language / f"{clip}.wav").write_bytes(sound.to_wav())
            lengths[f"{language}/{clip}"] = sound.milliseconds
    bank = Bank(name, fingerprint, lengths, tuple(sorted(recorded)), rendered=True)
    _put_in_place(root, fresh, bank)
    return bank


def _sound(path: str, words: str, recorded: Mapping[str, bytes], speaker: Speaker) -> Sound:
    language, clip = path.split("/")
    if path in recorded:
        try:
            return Sound.from_wav(recorded[path]).trimmed().levelled()
        except UnreadableRecording as error:
            raise VoiceUnavailable(f"the recording {path}.wav cannot be used: {error}") from error
    if not words:
        if clip not in TONES:
            raise VoiceUnavailable(f"the clip {path} says no words and is not one of {', '.join(TONES)}")
        return TONES[clip]()
    return speaker.say(words, language).trimmed().levelled()


def _recordings(vocabulary: Vocabulary, folder: Path | None) -> dict[str, bytes]:
    """The recordings found, by clip; one that no announcement would play is a mistake worth a word."""
    if folder is None:
        return {}
    if not folder.is_dir():
        raise VoiceUnavailable(f"there is no folder of recordings at {folder}")
    found = {file.relative_to(folder).with_suffix("").as_posix(): file for file in folder.glob("*/*.wav")}
    for path in sorted(found):
        language, clip = path.split("/")
        if clip not in vocabulary.get(language, {}):
            raise VoiceUnavailable(f"the recording {path}.wav has the name of no clip")
    return {path: file.read_bytes() for path, file in found.items()}


def _fingerprint(vocabulary: Vocabulary, speaker: Speaker, recorded: Mapping[str, bytes]) -> str:
    sums = {path: hashlib.sha256(data).hexdigest() for path, data in recorded.items()}
    made_from = [CRAFT, speaker.name, {language: dict(clips) for language, clips in vocabulary.items()}, sums]
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()[:16]


def _standing(root: Path, name: str, fingerprint: str) -> Bank | None:
    """The bank that stands there already, if it was made from the same things and is whole."""
    try:
        manifest = json.loads((root / "manifest.json").read_bytes())
        if (manifest["bank"], manifest["fingerprint"]) != (name, fingerprint):
            return None
        lengths = {str(clip): int(length) for clip, length in manifest["clips"].items()}
        recorded = tuple(manifest["recorded"])
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None
    whole = all((root / name / f"{clip}.wav").is_file() for clip in lengths)
    return Bank(name, fingerprint, lengths, recorded, rendered=False) if whole else None


def _put_in_place(root: Path, fresh: Path, bank: Bank) -> None:
    manifest = {
        "bank": bank.name,
        "fingerprint": bank.fingerprint,
        "recorded": bank.recorded,
        "clips": bank.milliseconds,
    }
    written = root / f".manifest.{os.getpid()}.new"
    written.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    old = root / f".{bank.name}.{os.getpid()}.old"
    shutil.rmtree(old, ignore_errors=True)
    if (root / bank.name).exists():
        os.replace(root / bank.name, old)
    os.replace(fresh, root / bank.name)
    os.replace(written, root / "manifest.json")
    shutil.rmtree(old, ignore_errors=True)
