"""The list of centres, which anybody may ask for."""

from __future__ import annotations

from unittest import mock

import pytest

from queue_server.core.site import Site
from queue_server.web import application
from tests.sites import small_site
from tests.web_stand import Stand, make_stand


def test_centres_are_read_once_for_all_who_ask_at_about_the_same_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stand, now = make_stand(), [100.0]
    monkeypatch.setattr(application.time, "monotonic", lambda: now[0])
    sites = iter([small_site(name={"vi": "Cũ", "en": "Old"}), small_site(name={"vi": "Mới", "en": "New"})])
    with mock.patch.object(stand.centre, "site", lambda: next(sites)):
        assert [_name(stand) for _ in range(3)] == ["Cũ"] * 3
        now[0] += application.LISTED_SECONDS
        assert [_name(stand) for _ in range(3)] == ["Mới"] * 3


def test_a_centre_that_cannot_be_read_is_asked_again_by_the_next_one() -> None:
    stand = make_stand()
    answers: list[Site | Exception] = [TimeoutError("the store is slow"), small_site()]
    with mock.patch.object(stand.centre, "site", side_effect=answers):
        assert stand.client.get("/api/v1/sites").status_code == 503
        assert stand.client.get("/api/v1/sites").status_code == 200


def _name(stand: Stand) -> str:
    listed = stand.client.get("/api/v1/sites").json or {}
    return str(listed["sites"][0]["name"]["vi"])
