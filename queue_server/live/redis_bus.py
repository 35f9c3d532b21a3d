"""Messages between the processes of one installation, over Redis' publish and subscribe."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import msgspec
import redis

from ..app.ports import Threads

PATIENCE_SECONDS = 5.0
"""A server that does not answer for so long is looked for anew."""

BACK_OFF_SECONDS = 0.5
MOST_WAITING = 2_000
"""Messages that wait for a server that takes none: more would fill the memory, and help nobody afterwards."""

_log = logging.getLogger("motcua.live")
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class RedisBus:
    """See app.colleagues.Bus. `channel` keeps installations that share a Redis server apart.

    Redis keeps nothing of it: what is published while a process is away is lost to it, and colleagues.py says
    why that does no harm.
    """

    def __init__(self, url: str, channel: str, threads: Threads) -> None:
        self._redis: Any = redis.Redis.from_url(
            url, socket_timeout=PATIENCE_SECONDS, socket_connect_timeout=PATIENCE_SECONDS
        )
        self._channel = channel
        self._waiting = threads.queue()
        self.lost = 0
        self.sent = 0

    def send(self, message: dict[str, Any]) -> None:
        if self._waiting.qsize() < MOST_WAITING:
            self._waiting.put(message)
        else:
            self.lost += 1

    def run_sending(self) -> None:
        """Publish what waits, for ever; what cannot be published is lost, and said once."""
        said = False
        while True:
            message = self._waiting.get()
            try:
                self._redis.publish(self._channel, _encode(message))
                self.sent += 1
                said = False
            except redis.RedisError as error:
                self.lost += 1
                if not said:
                    _log.warning("messages to colleagues are lost: %s", error)
                said = True

    def run_hearing(self, hear: Callable[[dict[str, Any]], None], sleep: Callable[[float], Any]) -> None:
        """Hand over every message, for ever; where the server is gone, look for it again."""
        said = False
        while True:
            try:
                with self._redis.pubsub(ignore_subscribe_messages=True) as subscription:
                    subscription.subscribe(self._channel)
                    said = False
                    self._hear(subscription, hear)
            except redis.RedisError as error:
                if not said:
                    _log.warning("colleagues are not heard: %s", error)
                said = True
            sleep(BACK_OFF_SECONDS)

    def _hear(self, subscription: Any, hear: Callable[[dict[str, Any]], None]) -> None:
        """Until the connection breaks: the leader speaks each second, so silence is a dead connection."""
        heard_at = time.monotonic()
        while time.monotonic() - heard_at < PATIENCE_SECONDS:
            message = subscription.get_message(timeout=1.0)
            if message is None:
                continue
            heard_at = time.monotonic()
            try:
                hear(_decode(message["data"]))
            except Exception:
                _log.exception("a colleague's message could not be used")
