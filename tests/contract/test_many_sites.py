"""Many sites in one store: which site something belongs to, how far each has come, who leads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queue_server.app.access import digest
from queue_server.app.credentials import Role
from tests.halls import TestHall
from tests.sites import small_site
from tests.stores import KINDS, opener
from tests.web_stand import cheap_access


@pytest.fixture(params=KINDS)
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Any]]:
    """The same store, opened by two processes as it were."""
    opened = opener(request.param, request, tmp_path)
    both = [opened(), opened()]
    yield both
    for store in both:
        store.close()


def two_halls(store: Any) -> list[TestHall]:
    return [TestHall(store, small_site(id=site)) for site in ("nho", "khac")]


def test_the_heads_of_all_sites_follow_their_journals(stores: list[Any]) -> None:
    store, other = stores
    assert store.heads() == {}
    nho, khac = two_halls(store)
    assert other.heads() == {"nho": 0, "khac": 0}
    nho.issue()
    nho.issue()
    khac.issue()
    assert other.heads() == {"nho": len(nho.entries()), "khac": len(khac.entries())}
    with pytest.raises(RuntimeError), store.writing("nho") as transaction:
        transaction.forget_notes(0)
        raise RuntimeError
    with store.reading("nho") as reading:
        assert store.heads()["nho"] == reading.head()[0]


def test_a_secret_tells_the_site_of_its_ticket(stores: list[Any]) -> None:
    store, other = stores
    nho, khac = two_halls(store)
    nho.issue()
    khac.issue()
    first = nho.ticket(nho.issue()).secret
    assert other.site_of_secret(first) == "nho"
    khac.issue()
    khac.issue()
    assert store.site_of_secret("secret-00000003") == "khac"
    assert store.site_of_secret("secret-00000009") is None
    assert store.site_of_secret("") is None


def test_a_token_and_a_session_tell_their_site(stores: list[Any]) -> None:
    store, other = stores
    digests = {}
    for site in ("nho", "khac"):
        access = cheap_access(site, store.access(), [1_000_000])
        token = access.create_token(Role.BOARD)
        access.create_person("lan", "mật khẩu dài", Role.OFFICER, first_password=False)
        session = access.sign_in("lan", "mật khẩu dài", "here").secret
        digests[site] = (token, session)
    kept = other.access()
    for site, (token, session) in digests.items():
        assert kept.site_of_token(digest(token)) == site
        assert kept.site_of_session(digest(session)) == site
        assert kept.site_of_token(digest(session)) is None
        assert kept.site_of_session(digest(token)) is None


def test_one_leads_until_it_lets_go_or_dies(stores: list[Any]) -> None:
    one, two = (store.leadership("relay") for store in stores)
    assert one.held() and one.held()
    assert not two.held()
    assert stores[1].leadership("printing").held(), "another duty is another lock"
    one.release()
    assert two.held()
    assert not one.held()
    two.release()
    one.release()
    assert one.held()
    one.release()
