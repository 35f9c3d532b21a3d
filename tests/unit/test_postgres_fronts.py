"""What is known of the fronts of lines is who is really first in them, or nothing."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from queue_server.core.model import Ticket, TicketState
from queue_server.store.postgres_fronts import Fronts
from tests.halls import TestHall

QUEUES = ("dat", "thue")


def a_ticket() -> Ticket:
    hall = TestHall()
    return hall.ticket(hall.issue())


def heads_of(tickets: dict[str, Ticket], queue: str) -> list[Ticket]:
    return fronts_of(tickets, queue, 1)


def fronts_of(tickets: dict[str, Ticket], queue: str, deep: int) -> list[Ticket]:
    waiting = [one for one in tickets.values() if one.state is TicketState.WAITING and one.queue == queue]
    lines = {one.line for one in waiting}
    return [
        one
        for key in lines
        for one in sorted((o for o in waiting if o.line == key), key=lambda o: (o.since, o.seq))[:deep]
    ]


@pytest.mark.parametrize("seed", range(60))
def test_the_heads_of_a_front_are_those_of_the_line(seed: int) -> None:
    chance, model, known = random.Random(seed), a_ticket(), 0
    deep = chance.randint(1, 5)

    def changed(ticket: Ticket) -> Ticket:
        return replace(
            ticket,
            queue=chance.choice(QUEUES),
            priority=chance.choice(("ordinary", "elderly")),
            since=chance.randint(1, 30),
            state=chance.choice((TicketState.WAITING, TicketState.WAITING, TicketState.CALLED)),
        )

    tickets = {f"t{n}": changed(replace(model, id=f"t{n}", seq=n)) for n in range(chance.randint(0, 25))}
    fronts = Fronts(QUEUES, deep, [one for queue in QUEUES for one in fronts_of(tickets, queue, deep)])
    for step in range(30):
        name = f"t{chance.randint(0, 30)}"
        ticket = changed(tickets.get(name) or replace(model, id=name, seq=100 + step))
        tickets[name] = ticket
        fronts.seat(ticket)
        for queue in QUEUES:
            heads = fronts.heads(queue)
            if heads is not None:
                known += 1
                assert sorted(heads, key=lambda one: one.id) == sorted(
                    heads_of(tickets, queue), key=lambda one: one.id
                )
    assert known or deep < 3


def test_a_queue_that_was_not_read_is_not_known() -> None:
    fronts = Fronts(["dat"], 2, [])
    assert fronts.heads("dat") == []
    assert fronts.heads("thue") is None
