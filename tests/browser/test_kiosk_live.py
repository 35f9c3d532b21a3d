"""What every page relies on: the client's rule for live topics; and the kiosk's own pure rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from .kiosk_stage import ADDRESS, Stage, stage_on

FOLD = """async (messages) => {
    const rule = await import("/assets/liveStore.js");
    const apply = { snapshot: (topic, one) => ({ topic: rule.applySnapshot(topic, one), ask: null }),
        change: rule.applyChange, beat: (topic, one) => rule.applyBeat(topic, one.seqs["board:a"]) };
    let topic = rule.emptyTopic("board:a");
    const asked = [];
    for (const [event, message] of messages) {
        const after = apply[event](topic, message);
        topic = after.topic;
        asked.push(after.ask);
    }
    return { data: topic.data, seq: topic.seq, asked };
}"""

SNAPSHOT = ["snapshot", {"seq": 5, "data": {"calls": {"A001": {"counter": "1"}, "A002": {"counter": "2"}}}}]


def change(prev: int, seq: int, put: Any = None, drop: Any = None) -> list[Any]:
    return ["change", {"prev": prev, "seq": seq, "put": put or {}, "drop": drop or {}}]


def beat(seq: int | None) -> list[Any]:
    return ["beat", {"seqs": {} if seq is None else {"board:a": seq}}]


@pytest.fixture(scope="module")
def stage(browser: Browser) -> Iterator[Stage]:
    with stage_on(browser, "wide") as one:
        one.page.goto(f"{ADDRESS}/kiosk/lobby")
        yield one


@pytest.fixture
def fold(stage: Stage) -> Any:
    return lambda *messages: stage.page.evaluate(FOLD, list(messages))


def test_a_fitting_change_replaces_rows_and_drops_others(fold: Any) -> None:
    after = fold(SNAPSHOT, change(5, 6, {"calls": {"A001": {"counter": "9"}}}, {"calls": ["A002"]}))
    assert after["data"] == {"calls": {"A001": {"counter": "9"}}}
    assert after["seq"] == 6
    assert after["asked"] == [None, None]


def test_an_old_change_is_ignored_and_a_repeated_one_harms_nothing(fold: Any) -> None:
    again = change(5, 6, {"calls": {"A003": {"counter": "3"}}})
    old = change(3, 4, {"calls": {"A001": {"counter": "wrong"}}})
    after = fold(SNAPSHOT, again, again, old)
    assert after["seq"] == 6
    assert after["data"]["calls"]["A001"] == {"counter": "1"}
    assert len(after["data"]["calls"]) == 3


def test_a_merged_change_that_overlaps_is_applied(fold: Any) -> None:
    after = fold(SNAPSHOT, change(2, 8, {"calls": {"A004": {"counter": "4"}}}))
    assert after["seq"] == 8
    assert "A004" in after["data"]["calls"]


def test_a_gap_asks_for_a_resume_and_changes_nothing(fold: Any) -> None:
    after = fold(SNAPSHOT, change(7, 8, {"calls": {"A004": {"counter": "4"}}}))
    assert after["asked"] == [None, "resume"]
    assert after["seq"] == 5
    assert "A004" not in after["data"]["calls"]


def test_a_change_before_the_first_snapshot_waits_for_it(fold: Any) -> None:
    assert fold(change(4, 5)) == {"data": None, "seq": -1, "asked": [None]}


def test_a_beat_ahead_of_us_asks_for_a_resume(fold: Any) -> None:
    assert fold(SNAPSHOT, beat(5), beat(6))["asked"] == [None, None, "resume"]


def test_a_beat_that_does_not_know_us_asks_to_join(fold: Any) -> None:
    assert fold(SNAPSHOT, beat(None))["asked"] == [None, "join"]
    assert fold(beat(3))["asked"] == ["join"]


def test_a_server_that_lost_what_we_saw_is_believed_on_its_second_beat(fold: Any) -> None:
    assert fold(SNAPSHOT, beat(2), beat(2))["asked"] == [None, None, "join"]
    assert fold(SNAPSHOT, beat(2), beat(5), beat(2))["asked"] == [None, None, None, None]
    after = fold(SNAPSHOT, beat(2), beat(2), ["snapshot", {"seq": 2, "data": {}}])
    assert (after["seq"], after["data"]) == (2, {})


def test_a_topic_is_stale_after_five_silent_seconds(stage: Stage) -> None:
    status = stage.page.evaluate(
        """async () => {
            const { emptyTopic, applySnapshot, statusOf } = await import("/assets/liveStore.js");
            const fresh = emptyTopic("board:a");
            const known = applySnapshot(fresh, { seq: 1, data: {} });
            const at = (topic, heardAt, now, problem = null) =>
                statusOf(topic, { heardAt, since: 0, problem, now });
            return [at(fresh, null, 4999), at(fresh, null, 5001), at(known, 1000, 6000),
                at(known, 1000, 6001), at(known, 1000, 1001, { code: "forbidden" })];
        }"""
    )
    assert status == ["connecting", "stale", "live", "stale", "refused"]


def test_columns_keep_groups_whole_and_in_order(stage: Stage) -> None:
    split = stage.page.evaluate(
        """async () => {
            const { columns } = await import("/kiosk-assets/agencies.js");
            const groups = [6, 3, 4, 6, 3, 4].map((size, at) => ({ id: at, agencies: Array(size).fill(0) }));
            const ids = (column) => column.map((group) => group.id);
            return [1, 2, 3, 4, 6].map((count) => columns(groups, count).map(ids));
        }"""
    )
    assert split[0] == [[0, 1, 2, 3, 4, 5]]
    assert split[1] == [[0, 1, 2], [3, 4, 5]]
    assert split[2] == [[0, 1], [2, 3], [4, 5]]
    assert all([group for column in one for group in column] == [0, 1, 2, 3, 4, 5] for one in split)


def test_days_with_the_same_hours_share_a_line(stage: Stage) -> None:
    runs = stage.page.evaluate(
        """async () => {
            const { grouped } = await import("/kiosk-assets/hours.js");
            const day = (weekday, ...spans) => spans.map(([from, to]) => ({ weekday, from, to }));
            const morning = ["07:30", "11:30"];
            const short = ["08:00", "11:30"];
            const week = [0, 1, 3].flatMap((one) => day(one, morning)).concat(day(4, short));
            return grouped(week).map(({ days }) => days);
        }"""
    )
    assert runs == [[0, 1], [3], [4]]


def test_the_way_to_a_number_cannot_be_bent_by_late_or_double_actions(stage: Stage) -> None:
    end = stage.page.evaluate(
        """async () => {
            const { AT_REST, reduce } = await import("/kiosk-assets/flow.js");
            const walk = (...actions) => actions.reduce(reduce, AT_REST);
            const queue = { id: "q" };
            const way = [{ type: "start" }, { type: "chooseAgency", agency: { id: "a" }, queues: [queue] },
                { type: "chooseService", service: null }];
            const take = (key) => ({ type: "take", key, class: "ordinary" });
            const issued = { type: "issued", key: "1", ticket: { id: "t" } };
            const refused = (code, status) => ({ type: "refused", key: "1", problem: { code, status } });
            const full = refused("full", 409);
            const silence = refused("unreachable", 0);
            return {
                doubleStart: walk(way[0], way[0]).trail,
                doubleTake: walk(...way, take("1"), take("2")).intention.key,
                lateAnswer: walk(...way, take("1"), full, { type: "startOver" }, issued).step,
                backWhileTaking: walk(...way, take("1"), { type: "back" }).step,
                otherClassAfterSilence: walk(...way, take("1"), silence, take("2")).intention.key,
                retryAfterRefusal: walk(...way, take("1"), full, { type: "retry" }).taking,
            };
        }"""
    )
    assert end == {
        "doubleStart": ["rest"],
        "doubleTake": "1",
        "lateAnswer": "rest",
        "backWhileTaking": "confirm",
        "otherClassAfterSilence": "1",
        "retryAfterRefusal": False,
    }
