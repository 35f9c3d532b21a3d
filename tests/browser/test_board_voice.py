"""The board's voice, read from the browser's audio graph: right clips, right order, each in full, once."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright

from display.voice.sound import Sound
from queue_server.core.announcing import vocabulary
from tests.browser.board_ear import heard, listen, same_clips
from tests.browser.board_page import (
    SOUND_AFTER_A_TOUCH,
    SOUND_BY_ITSELF,
    Board,
    FolderServer,
    announcement,
    announcements,
    board_row,
    call_row,
    calls,
    chromium,
)

Lengths = dict[str, int]
"""Clip → milliseconds."""

GAP = 0.002
"""Seconds between the end of one clip and the start of the next that nobody hears as a gap."""


def hum(pitch: int) -> Sound:
    turn = 2 * math.pi * pitch / 22_050
    return Sound(22_050, array("h", (round(9000 * math.sin(turn * at)) for at in range(900))))


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Lengths]:
    """A bank on disk in which each clip is a short hum of its own pitch: soon over, and unlike the others."""
    root = tmp_path_factory.mktemp("voice")
    lengths: Lengths = {}
    for language, clips in vocabulary().items():
        (root / "quick" / language).mkdir(parents=True)
        for clip in clips:
            sound = hum(200 + 10 * len(lengths))
            (root / "quick" / language / f"{clip}.wav").write_bytes(sound.to_wav())
            lengths[f"{language}/{clip}"] = sound.milliseconds
    manifest = {"bank": "quick", "fingerprint": "1", "recorded": [], "clips": lengths}
    (root / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return root, lengths


@pytest.fixture
def server(bank: tuple[Path, Lengths]) -> Iterator[FolderServer]:
    serving = FolderServer(bank[0])
    yield serving
    serving.close()


@pytest.fixture(scope="module")
def talking(playwright: Playwright) -> Iterator[Browser]:
    with chromium(playwright, SOUND_BY_ITSELF) as browser:
        yield browser


@pytest.fixture(scope="module")
def shy(playwright: Playwright) -> Iterator[Browser]:
    with chromium(playwright, SOUND_AFTER_A_TOUCH) as browser:
        yield browser


@pytest.fixture
def context(talking: Browser) -> Iterator[BrowserContext]:
    with talking.new_context() as context:
        listen(context)
        yield context


@pytest.fixture
def board(context: BrowserContext, server: FolderServer) -> Board:
    return opened(context, server)


def opened(context: BrowserContext, server: FolderServer, **row: Any) -> Board:
    board = Board(context.new_page(), server)
    board.open()
    board.snapshot({"board": board_row(**row), "calls": {}, "lines": {}, "announcements": {}})
    return board


def sound_of(board: Board) -> str:
    return str(board.page.locator(".sound").get_attribute("data-sound"))


def wait_spoken(board: Board, *ids: int) -> None:
    condition = f"hall.sent.filter(({{ event }}) => event === 'spoken').length >= {len(ids)}"
    board.until(condition, seconds=60 + 6 * len(ids))
    assert [payload["announcement"] for payload in board.sent("spoken")] == list(ids)


def all_clips(row: dict[str, Any]) -> list[str]:
    return [name for _, names in row["clips"] for name in names]


def test_a_call_is_heard_as_chime_vietnamese_english_joined_without_a_gap(
    board: Board, bank: tuple[Path, Lengths]
) -> None:
    row = announcement(7, "A012", "12")
    board.change({"calls": calls(call_row("A012", "12", 0)), "announcements": announcements(row)})
    wait_spoken(board, 7)

    sounds = heard(board, bank[1])
    assert same_clips(sounds, all_clips(row)), [sound.names for sound in sounds]
    assert all(sound.clear for sound in sounds)
    for sound in sounds:
        assert sound.duration == pytest.approx(bank[1][sound.names[0]] / 1000, abs=0.002)
    count_vi = len(row["clips"][0][1])
    for before, after in pairwise(sounds):
        if after is sounds[count_vi]:
            assert 0.2 < after.when - before.end < 0.8  # a breath between the languages
        else:
            assert after.when - before.end == pytest.approx(0, abs=GAP)
    assert board.sent("spoken") == [{"topic": "board:main", "announcement": 7}]
    assert board.errors == []


def test_two_calls_at_once_are_both_shown_and_both_heard_in_full_one_after_the_other(
    board: Board, bank: tuple[Path, Lengths]
) -> None:
    first, second = announcement(8, "A012", "12"), announcement(9, "B007", "3")
    board.change(
        {
            "calls": calls(call_row("A012", "12", 0.1), call_row("B007", "3", 0)),
            "announcements": announcements(second, first),
        }
    )
    assert board.page.locator(".now .call").count() == 2
    wait_spoken(board, 8, 9)

    sounds = heard(board, bank[1])
    assert same_clips(sounds, all_clips(first) + all_clips(second)), [sound.names for sound in sounds]
    for before, after in pairwise(sounds):
        assert after.when >= before.end - GAP
    told = [said["at"] for said in board.evaluate("hall.sent") if said["event"] == "spoken"]
    last_of_first, last = sounds[len(all_clips(first)) - 1], sounds[-1]
    assert told[0] >= last_of_first.ends_at - 30, "acknowledged before it was heard in full"
    assert told[1] >= last.ends_at - 30


def test_one_that_comes_while_another_is_read_waits_for_its_end(
    board: Board, bank: tuple[Path, Lengths]
) -> None:
    first, second = announcement(8, "A012", "12"), announcement(9, "B007", "3")
    board.change({"announcements": announcements(first)})
    board.until("ear.heard.length > 0")
    board.change({"announcements": announcements(second)})
    wait_spoken(board, 8, 9)
    sounds = heard(board, bank[1])
    assert same_clips(sounds, all_clips(first) + all_clips(second)), [sound.names for sound in sounds]
    assert all(after.when >= before.end - GAP for before, after in pairwise(sounds))


def test_the_number_being_read_stands_out_even_when_it_is_no_longer_the_newest(board: Board) -> None:
    board.change({"calls": calls(call_row("A012", "12", 30), call_row("B007", "3", 15))})
    looks = board.page.locator(".call")
    assert [looks.nth(at).get_attribute("data-look") for at in range(2)] == ["called", "called"]
    board.change({"announcements": announcements(announcement(3, "A012", "12"))})
    board.until("""document.querySelector('.call[data-key^="A012"]').dataset.look === 'fresh'""")
    assert looks.first.get_attribute("data-look") == "called"
    wait_spoken(board, 3)
    board.until("""document.querySelector('.call[data-key^="A012"]').dataset.look === 'called'""")


def test_what_came_too_late_is_shown_but_not_spoken(board: Board, bank: tuple[Path, Lengths]) -> None:
    late, due = announcement(4, "A011", "2", age=90, shelf=60), announcement(5, "A012", "12")
    board.change(
        {
            "calls": calls(call_row("A011", "2", 90), call_row("A012", "12", 0)),
            "announcements": announcements(late, due),
        }
    )
    wait_spoken(board, 5)
    assert same_clips(heard(board, bank[1]), all_clips(due))
    assert board.page.locator(".now .call .label").all_inner_texts() == ["A012", "A011"]


def test_one_that_grew_old_while_others_were_read_is_not_spoken(board: Board) -> None:
    rows = [
        announcement(4, "A011", "2"),
        announcement(5, "A012", "12", shelf=1),
        announcement(6, "A013", "3"),
    ]
    board.change({"announcements": announcements(*rows)})
    wait_spoken(board, 4, 6)


def test_one_that_the_server_takes_back_before_its_turn_is_not_spoken(board: Board) -> None:
    rows = [announcement(4, "A011", "2"), announcement(5, "A012", "12"), announcement(6, "A013", "3")]
    board.hear(
        "change",
        board.next_change({"announcements": announcements(*rows)}),
        board.next_change({}, {"announcements": ["5"]}),
    )
    wait_spoken(board, 4, 6)


def test_nothing_is_spoken_twice_after_a_repeat_a_new_snapshot_or_a_reload(
    board: Board, context: BrowserContext, server: FolderServer
) -> None:
    row = announcement(7, "A012", "12")
    board.change({"announcements": announcements(row)})
    wait_spoken(board, 7)
    board.change({"announcements": announcements(row)})
    data = {"board": board_row(), "calls": {}, "lines": {}, "announcements": announcements(row)}
    board.snapshot(data)

    again = opened(context, server)
    after = announcement(8, "A013", "3")
    again.snapshot({**data, "announcements": announcements(row, after)})
    wait_spoken(again, 8)
    assert [payload["announcement"] for payload in board.sent("spoken")] == [7]


def test_a_server_set_up_afresh_that_counts_from_one_again_is_heard(
    board: Board, context: BrowserContext, server: FolderServer
) -> None:
    board.change({"announcements": announcements(announcement(1, "A012", "12"))})
    wait_spoken(board, 1)
    again = opened(context, server)
    again.change({"announcements": announcements(announcement(1, "A001", "2"))})
    wait_spoken(again, 1)


def test_a_reload_in_mid_sentence_does_not_start_it_again(
    board: Board, context: BrowserContext, server: FolderServer
) -> None:
    row = announcement(7, "A012", "12")
    board.change({"announcements": announcements(row)})
    board.until("ear.heard.length > 0")
    board.page.close()
    again = opened(context, server)
    after = announcement(8, "A013", "3")
    again.change({"announcements": announcements(row, after)})
    wait_spoken(again, 8)


def test_a_missing_clip_is_left_out_marked_and_stops_nothing(
    server: FolderServer, context: BrowserContext, bank: tuple[Path, Lengths]
) -> None:
    server.gone.add("/voice/quick/vi/n-1.wav")
    board = opened(context, server)
    board.until("document.querySelector('.sound')?.dataset.sound === 'on'")
    first, second = announcement(7, "A012", "12"), announcement(8, "B203", "3")
    board.change({"announcements": announcements(first, second)})
    wait_spoken(board, 7, 8)

    known = {name: length for name, length in bank[1].items() if name != "vi/n-1"}
    expected = [name for name in all_clips(first) + all_clips(second) if name != "vi/n-1"]
    assert same_clips(heard(board, known), expected)


def test_the_trouble_mark_stands_while_the_last_announcement_lacked_a_clip(
    server: FolderServer, context: BrowserContext
) -> None:
    server.gone.add("/voice/quick/vi/n-1.wav")
    board = opened(context, server)
    board.change({"announcements": announcements(announcement(7, "A012", "12"))})
    wait_spoken(board, 7)
    assert sound_of(board) == "trouble"
    server.gone.clear()
    board.change({"announcements": announcements(announcement(8, "A012", "12"))})
    wait_spoken(board, 7, 8)
    assert sound_of(board) == "on"


def test_without_a_bank_the_board_says_that_it_has_no_voice_and_goes_on(
    server: FolderServer, context: BrowserContext
) -> None:
    server.gone.add("/voice/manifest.json")
    board = opened(context, server)
    board.until("document.querySelector('.sound')?.dataset.sound === 'none'")
    board.change(
        {
            "calls": calls(call_row("A012", "12", 0)),
            "announcements": announcements(announcement(7, "A012", "12")),
        }
    )
    assert board.page.locator(".now .call .label").inner_text() == "A012"
    board.page.wait_for_timeout(300)
    assert board.sent("spoken") == []


def test_silent_until_touched_is_said_calls_are_shown_and_a_touch_brings_the_voice(
    shy: Browser, server: FolderServer, bank: tuple[Path, Lengths]
) -> None:
    with shy.new_context(viewport={"width": 1280, "height": 720}) as context:
        listen(context)
        board = opened(context, server)
        expired, due = announcement(6, "A011", "2", shelf=2), announcement(7, "A012", "12")
        board.change(
            {"calls": calls(call_row("A012", "12", 0)), "announcements": announcements(expired, due)}
        )
        board.until("document.querySelector('.touch')")
        touch = board.page.locator(".touch")
        assert "Chạm vào màn hình để bật tiếng" in touch.inner_text()
        assert "Touch the screen to turn on the sound" in touch.inner_text()
        box = touch.bounding_box()
        assert box and box["height"] >= 48 and box["width"] >= 600
        assert board.page.locator(".now .call .label").inner_text() == "A012"
        board.page.wait_for_timeout(2100)
        assert board.evaluate("ear.heard.length") == 0
        assert sound_of(board) == "silent"

        board.page.mouse.click(300, 300)  # anywhere
        wait_spoken(board, 7)
        assert same_clips(heard(board, bank[1]), all_clips(due))
        assert board.page.locator(".touch").count() == 0
        assert sound_of(board) == "on"


def test_a_board_that_does_not_speak_opens_no_sound_and_says_so(
    context: BrowserContext, server: FolderServer
) -> None:
    board = opened(context, server, speaks=False)
    board.change(
        {
            "calls": calls(call_row("A012", "12", 0)),
            "announcements": announcements(announcement(7, "A012", "12")),
        }
    )
    board.until("document.querySelector('.call')")
    assert sound_of(board) == "off"
    assert board.page.locator(".sound").inner_text() == "Không phát tiếng"
    assert board.evaluate("ear.contexts.length") == 0
    assert board.sent("spoken") == []
    assert not [path for path in server.asked if path.startswith("/voice/")]


def test_clips_are_fetched_before_the_first_call_and_only_once(
    board: Board, server: FolderServer, bank: tuple[Path, Lengths]
) -> None:
    wanted = {f"/voice/quick/{name}.wav" for name in bank[1]}
    board.until("document.querySelector('.sound')?.dataset.sound === 'on'")
    while not wanted <= set(server.asked):
        board.page.wait_for_timeout(50)
    board.page.wait_for_load_state("networkidle")
    before = len(server.asked)
    board.change({"announcements": announcements(announcement(7, "A012", "12"))})
    board.until("ear.heard.length > 0")
    asked_late = [path for path in server.asked[before:] if path.startswith("/voice/")]
    assert asked_late == []
    assert len(wanted) == sum(path in wanted for path in server.asked)
