"""Numbers that the server refused when they came home: offered again when that may help."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.agent.homecoming import AGAIN_MS, Homecoming
from kiosk.agent.records import Records
from kiosk.agent.server import Answer, Unreached

TICKET = {
    "id": "a" * 32,
    "tracking": "/t/secret-00000001",
    "queue": "dat",
    "number": 900,
    "issued_at": "2026-11-23T09:00:00.000+07:00",
}
REFUSAL = Answer(409, {"code": "not_your_number", "detail": "Not a number of this kiosk."})
TAKEN = Answer(200, {"day": "2026-11-23"})


class Centre:
    """A server that refuses until it is mended; `asked` counts."""

    def __init__(self) -> None:
        self.asked = 0
        self.answer: Answer | None = REFUSAL

    def ask(self, method: str, path: str, *rest: Any) -> Answer:
        self.asked += 1
        if self.answer is None:
            raise Unreached("cut")
        return self.answer


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    made = Records(tmp_path / "kiosk.db")
    made.begin("touch-1", {"queue": "dat"}, 1)
    made.decide("touch-1", "kiosk", TICKET, {})
    yield made
    made.close()


def test_a_refused_number_is_offered_again_from_time_to_time(records: Records) -> None:
    centre = Centre()
    home = Homecoming(records, centre)
    for now in (0, 1_500, 3_000, AGAIN_MS - 1):
        home.bring_home("k1", "as it was", now)
    assert centre.asked == 1 and [touch.problem[:15] for touch in records.refused()] == ["not_your_number"]
    centre.answer = TAKEN
    home.bring_home("k1", "as it was", AGAIN_MS)
    assert centre.asked == 2 and records.refused() == [] and records.owed() == []


def test_a_centre_that_is_described_otherwise_is_asked_at_once(records: Records) -> None:
    centre = Centre()
    home = Homecoming(records, centre)
    home.bring_home("k1", {"queues": []}, 0)
    home.bring_home("k1", {"queues": ["dat"]}, 1_500)
    home.bring_home("k1", {"queues": ["dat"]}, 3_000)
    assert centre.asked == 2


def test_a_kiosk_that_was_started_anew_asks_again(records: Records) -> None:
    centre = Centre()
    for _ in range(2):
        Homecoming(records, centre).bring_home("k1", "as it was", 0)
    assert centre.asked == 2


def test_a_link_that_is_cut_over_it_leaves_the_number_to_be_brought_home(records: Records) -> None:
    centre = Centre()
    home = Homecoming(records, centre)
    home.bring_home("k1", "as it was", 0)
    centre.answer = None
    with pytest.raises(Unreached):
        home.bring_home("k1", "as it was", AGAIN_MS)
    centre.answer = TAKEN
    assert home.bring_home("k1", "as it was", AGAIN_MS + 1_500)
    assert records.owed() == records.refused() == []
