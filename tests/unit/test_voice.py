"""The voice's bank: every clip there, even in loudness, tight at its ends, rebuilt only when it must be."""

from __future__ import annotations

import json
import math
import wave
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from display.voice import Espeak, VoiceUnavailable, build
from display.voice.sound import FULL_SCALE, HEAD_MS, LOUDNESS, PEAK, TAIL_MS, Sound, UnreadableRecording
from display.voice.tones import TONES
from queue_server.core.announcing import vocabulary

WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {"chime": "", "n-1": "một", "n-2": "hai"},
    "en": {"pause": "", "n-1": "one"},
}


def hum(seconds: float, rate: int = 16_000, loudness: float = 0.3, pitch: float = 180.0) -> array[int]:
    turn = 2 * math.pi * pitch / rate
    return array(
        "h", (round(FULL_SCALE * loudness * math.sin(turn * at)) for at in range(int(seconds * rate)))
    )


def quiet(seconds: float, rate: int = 16_000) -> array[int]:
    return array("h", bytes(2 * int(seconds * rate)))


@dataclass
class Parrot:
    """A speaker that hums for as long as a text is, with silence around, and remembers what it was asked."""

    name: str = "parrot"
    asked: list[tuple[str, str]] = field(default_factory=list)

    def say(self, text: str, language: str) -> Sound:
        self.asked.append((language, text))
        return Sound(16_000, quiet(0.2) + hum(0.1 * len(text), loudness=0.05 * len(text)) + quiet(0.4))


def loudness(sound: Sound) -> float:
    peak = max(map(abs, sound.samples))
    voiced = [sample for sample in sound.samples if abs(sample) > peak * 0.1]
    return math.sqrt(sum(sample * sample for sample in voiced) / len(voiced)) / FULL_SCALE


def test_the_bank_has_a_playable_clip_for_every_word_and_sound(tmp_path: Path) -> None:
    bank = build(WORDS, tmp_path, speaker=Parrot())
    assert sorted(bank.milliseconds) == ["en/n-1", "en/pause", "vi/chime", "vi/n-1", "vi/n-2"]
    for clip, milliseconds in bank.milliseconds.items():
        with wave.open(str(tmp_path / "default" / f"{clip}.wav")) as file:
            assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
            assert round(1000 * file.getnframes() / file.getframerate()) == milliseconds


def test_the_manifest_names_the_bank_in_use_and_every_length(tmp_path: Path) -> None:
    bank = build(WORDS, tmp_path, speaker=Parrot())
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["bank"] == "default"
    assert manifest["clips"] == bank.milliseconds
    assert sorted(path.name for path in tmp_path.iterdir()) == ["default", "manifest.json"]


def test_nothing_is_rendered_again_while_nothing_changed(tmp_path: Path) -> None:
    first = build(WORDS, tmp_path, speaker=Parrot())
    again = Parrot()
    second = build(WORDS, tmp_path, speaker=again)
    assert (first.rendered, second.rendered) == (True, False)
    assert again.asked == []
    assert second.milliseconds == first.milliseconds


def test_another_wording_or_another_voice_renders_the_bank_again(tmp_path: Path) -> None:
    build(WORDS, tmp_path, speaker=Parrot())
    other_words = {**WORDS, "en": {"pause": "", "n-1": "wun"}}
    assert build(other_words, tmp_path, speaker=Parrot()).rendered
    assert build(other_words, tmp_path, speaker=Parrot(name="cockatoo")).rendered


def test_a_lost_clip_or_a_broken_manifest_heals_at_the_next_build(tmp_path: Path) -> None:
    build(WORDS, tmp_path, speaker=Parrot())
    (tmp_path / "default" / "vi" / "n-2.wav").unlink()
    assert build(WORDS, tmp_path, speaker=Parrot()).rendered
    assert (tmp_path / "default" / "vi" / "n-2.wav").is_file()
    for broken in (
        "",
        "[]",
        '{"bank": "default"}',
        '{"bank": 1, "fingerprint": 2, "clips": 3, "recorded": 4}',
    ):
        (tmp_path / "manifest.json").write_text(broken, encoding="utf-8")
        assert build(WORDS, tmp_path, speaker=Parrot()).rendered


def test_a_voice_that_fails_half_way_leaves_the_old_bank_whole(tmp_path: Path) -> None:
    build(WORDS, tmp_path, speaker=Parrot())
    before = (tmp_path / "manifest.json").read_bytes()

    class Hoarse(Parrot):
        def say(self, text: str, language: str) -> Sound:
            if language == "en":
                raise VoiceUnavailable("no voice left")
            return super().say(text, language)

    with pytest.raises(VoiceUnavailable):
        build({**WORDS, "vi": {"n-1": "mốt"}}, tmp_path, speaker=Hoarse())
    assert (tmp_path / "manifest.json").read_bytes() == before
    assert not build(WORDS, tmp_path, speaker=Parrot()).rendered


def test_a_recording_takes_the_place_of_the_stand_in_of_its_name(tmp_path: Path) -> None:
    recordings = tmp_path / "people"
    (recordings / "vi").mkdir(parents=True)
    stereo = array("h", (sample for pair in zip(hum(0.5), hum(0.5), strict=True) for sample in pair))
    with wave.open(str(recordings / "vi" / "n-2.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(stereo.tobytes())
    parrot = Parrot()
    bank = build(WORDS, tmp_path / "clips", speaker=parrot, recordings=recordings)
    assert bank.recorded == ("vi/n-2",)
    assert parrot.asked == [("vi", "một"), ("en", "one")]
    assert bank.milliseconds["vi/n-2"] == pytest.approx(500 + HEAD_MS + TAIL_MS, abs=5)
    assert not build(WORDS, tmp_path / "clips", speaker=parrot, recordings=recordings).rendered


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("n-9", Sound(16_000, hum(0.2)).to_wav(), "the name of no clip"),
        ("n-1", b"RIFF nonsense", "cannot be used"),
        ("n-1", Sound(16_000, quiet(0.2)).to_wav(), "nothing to hear"),
    ],
)
def test_a_useless_recording_is_named(tmp_path: Path, name: str, data: bytes, complaint: str) -> None:
    (tmp_path / "people" / "vi").mkdir(parents=True)
    (tmp_path / "people" / "vi" / f"{name}.wav").write_bytes(data)
    with pytest.raises(VoiceUnavailable, match=complaint) as caught:
        build(WORDS, tmp_path / "clips", speaker=Parrot(), recordings=tmp_path / "people")
    assert f"vi/{name}.wav" in str(caught.value)


def test_a_clip_without_words_must_be_a_known_sound(tmp_path: Path) -> None:
    with pytest.raises(VoiceUnavailable, match="vi/gong"):
        build({"vi": {"gong": ""}}, tmp_path, speaker=Parrot())


def test_a_missing_program_is_said_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(VoiceUnavailable, match="apt-get install espeak-ng"):
        build(WORDS, tmp_path, speaker=Espeak(program="espeak-that-is-not-there"))


def test_silence_around_speech_is_cut_to_a_short_head_and_tail() -> None:
    spoken = Sound(16_000, quiet(0.3) + hum(0.5) + quiet(0.8))
    assert spoken.trimmed().milliseconds == pytest.approx(500 + HEAD_MS + TAIL_MS, abs=3)
    abrupt = Sound(16_000, hum(0.5))
    assert abrupt.trimmed().milliseconds == pytest.approx(500 + HEAD_MS + TAIL_MS, abs=3)


def test_a_trimmed_clip_begins_and_ends_at_nothing() -> None:
    samples = Sound(16_000, hum(0.5, loudness=0.9)).trimmed().samples
    assert abs(samples[0]) == 0
    assert abs(samples[-1]) < FULL_SCALE // 200


@pytest.mark.parametrize("level", [0.02, 0.3, 0.95])
def test_soft_and_loud_clips_come_out_equally_loud(level: float) -> None:
    assert loudness(Sound(16_000, hum(0.4, loudness=level)).levelled()) == pytest.approx(LOUDNESS, rel=0.03)


def test_a_spiky_clip_is_never_driven_over_the_peak() -> None:
    spiky = hum(0.4, loudness=0.02)
    spiky[3000] = 20_000
    assert max(map(abs, Sound(16_000, spiky).levelled().samples)) <= PEAK * FULL_SCALE + 1


def test_samples_of_another_width_are_refused() -> None:
    with pytest.raises(UnreadableRecording, match="8 bits"):
        Sound.from_wav(eight_bit_wav())


def eight_bit_wav() -> bytes:
    plain = bytearray(Sound(8_000, array("h", [0] * 8)).to_wav())
    plain[32:34] = (1).to_bytes(2, "little")  # bytes of one frame
    plain[34:36] = (8).to_bytes(2, "little")  # bits of one sample
    return bytes(plain)


def test_the_chime_is_two_falling_tones_that_fade_before_the_voice() -> None:
    chime = TONES["chime"]()
    assert strongest_pitch(chime, 0.05, 0.35) == pytest.approx(659, abs=4)
    assert strongest_pitch(chime, 0.6, 0.95) == pytest.approx(523, abs=4)
    assert max(map(abs, chime.samples)) < PEAK * FULL_SCALE
    assert max(map(abs, chime.samples[-200:])) < FULL_SCALE // 100


def strongest_pitch(sound: Sound, start: float, end: float) -> int:
    part = sound.samples[int(start * sound.rate) : int(end * sound.rate)]

    def strength(pitch: int) -> float:
        turn = 2 * math.pi * pitch / sound.rate
        real = sum(sample * math.cos(turn * at) for at, sample in enumerate(part))
        imaginary = sum(sample * math.sin(turn * at) for at, sample in enumerate(part))
        return math.hypot(real, imaginary)

    return max(range(400, 900, 3), key=strength)


def test_espeak_says_the_whole_vocabulary_distinctly_and_evenly(tmp_path: Path) -> None:
    words = vocabulary()
    bank = build(words, tmp_path)
    assert set(bank.milliseconds) == {
        f"{language}/{clip}" for language, clips in words.items() for clip in clips
    }
    heard: dict[bytes, str] = {}
    for language, clips in words.items():
        for clip, text in clips.items():
            if not text:
                continue
            data = (tmp_path / "default" / language / f"{clip}.wav").read_bytes()
            sound = Sound.from_wav(data)
            assert 200 < sound.milliseconds < 4500, (language, clip)
            assert 0.07 < loudness(sound) < 0.15, (language, clip, loudness(sound))
            assert data not in heard, f"{language}/{clip} sounds exactly like {heard.get(data)}"
            heard[data] = f"{language}/{clip}"
