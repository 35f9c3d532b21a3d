"""Messages between processes while the Redis server does nothing."""

from __future__ import annotations

from queue_server import concurrency
from queue_server.live.redis_bus import MOST_WAITING, RedisBus


def test_messages_that_nobody_takes_are_lost_and_counted_and_do_not_fill_the_memory() -> None:
    bus = RedisBus("redis://127.0.0.1:1", "hall", concurrency.enter("threading").green())
    for seq in range(MOST_WAITING + 3):
        bus.send({"committed": "nho", "seq": seq})
    assert (bus.lost, bus.sent) == (3, 0)
    assert bus._waiting.qsize() == MOST_WAITING
