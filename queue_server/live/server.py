"""Topics over Socket.IO: join, resume, leave, spoken; snapshots, changes and a beat every two seconds."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from flask_socketio import SocketIO

from ..app.access import Principal
from ..app.cookies import session_in
from ..app.ports import StoreTrouble
from ..app.problems import Fault, Problem
from ..app.sites import NAMED, House, Sites
from ..app.wording import Wording
from ..core.calendar import rfc3339
from ..core.refusals import Code, Refused
from . import wire
from .entitlement import entitle, may_speak
from .fanout import MAX_TOPICS, Fanout

BEAT_SECONDS = 2.0
RECHECK_BEATS = 5
"""Every so many beats it is asked again whether each connection is still entitled to be here."""
MAX_MESSAGE = 16 * 1024
_PATH = "socket.io"
_NEWEST = 2**53

_log = logging.getLogger("motcua.live")
Ack = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Guest:
    """A connection: to which house, who it is, and by which token or session it came ("" for a stranger).

    A stranger of whom it cannot be told where they are has no house; their ticket's secret leads to one.
    """

    house: House | None
    principal: Principal | None
    token: str
    session: str
    language: str

    @property
    def is_stranger(self) -> bool:
        return not (self.token or self.session)


class LiveServer:
    """The handlers of the sockets of all houses; each house has a fan-out of its own."""

    def __init__(self, socketio: SocketIO, sites: Sites, wording: Wording) -> None:
        self.socketio = socketio
        self.sites = sites
        self.wording = wording
        self.fanouts: dict[str, Fanout] = {}
        self.guests: dict[str, Guest] = {}
        self.beats = 0
        socketio.on_event("connect", self.connect)
        socketio.on_event("disconnect", self.disconnect)
        for event, handler in (
            ("join", self.join),
            ("resume", self.resume),
            ("leave", self.leave),
            ("spoken", self.spoken),
        ):
            socketio.on_event(event, self._answering(handler))
        socketio.on_event("*", self._answering(self.anything_else))
        sites.on_open(self._open)

    def _open(self, house: House) -> None:
        centre = house.centre
        fanout = Fanout(
            centre,
            self._emit,
            lambda topic: f"{house.id}/{topic}",
            lambda: rfc3339(centre.site(), house.access.clock()),
            lambda: self.socketio.sleep(0),
        )
        self.fanouts[house.id] = fanout
        centre.subscribe(fanout.on_batch)

    def start(self) -> None:
        """Begin to beat."""
        self.socketio.start_background_task(self._beat)

    # ---- events -------------------------------------------------------------------------------------------

    def connect(self, auth: Any = None) -> None:
        """Let everybody in: a stranger may follow their own ticket; a wrong token is told so at `join`."""
        token = auth.get("token") if isinstance(auth, dict) else None
        token = token if isinstance(token, str) and len(token) <= 200 else ""
        session = "" if token else session_in(request.headers.get("Cookie")) or ""
        language = self.wording.language_of(request.headers.get("Accept-Language"))
        house = self.sites.resolve(request.environ.get(NAMED), token, session)
        principal = self._principal(house, token, session)
        self.guests[_sid()] = Guest(house, principal, token, session, language)

    def disconnect(self, *_: Any) -> None:
        self.guests.pop(_sid(), None)
        for fanout in self.fanouts.values():
            fanout.forget(_sid())

    def join(self, sid: str, guest: Guest, asked: Ack) -> Ack:
        house, topic = self._entitled(guest, asked)
        seq, rows = house.centre.snapshot(topic)
        self._enter(sid, house, topic, seq)
        self._after_the_ack(self.fanouts[house.id].send_snapshot, topic, seq, rows, sid)
        return {"ok": True}

    def resume(self, sid: str, guest: Guest, asked: Ack) -> Ack:
        (house, topic), seq = self._entitled(guest, asked), _whole_number(asked, "seq")
        missed = house.centre.changes_since(topic, seq)
        if missed is None:
            return self.join(sid, guest, asked)
        # The newest seq that what it missed covers, not the one it came with: a change that overtakes the
        # missed one must look like a gap, or it would hide it.
        self._enter(sid, house, topic, missed[0])
        self._after_the_ack(self.fanouts[house.id].send_missed, topic, seq, missed, sid)
        return {"ok": True}

    def leave(self, sid: str, guest: Guest, asked: Ack) -> Ack:
        topic = asked.get("topic")
        for fanout in self.fanouts.values():
            if isinstance(topic, str) and topic in fanout.topics_of.get(sid, ()):
                fanout.unfollow(sid, topic)
                self.socketio.server.leave_room(sid, fanout.room(topic))
        return {"ok": True}

    def spoken(self, sid: str, guest: Guest, asked: Ack) -> Ack:
        house, topic = self._entitled(guest, asked)
        if not may_speak(guest.principal, topic):
            raise Refused(Code.NOT_ALLOWED)
        house.centre.spoken(topic.partition(":")[2], _whole_number(asked, "announcement"))
        return {"ok": True}

    def anything_else(self, sid: str, guest: Guest, asked: Ack) -> Ack:
        raise Problem(Fault.MALFORMED_REQUEST)

    # ---- inside -------------------------------------------------------------------------------------------

    def _answering(self, handler: Callable[[str, Guest, Ack], Ack]) -> Callable[..., Ack]:
        """`handler` with its failures as acknowledgements: a wrong message never breaks a connection."""

        def answer(*payload: Any) -> Ack:
            sid = _sid()
            guest = self.guests.get(sid)
            if guest is None:
                return {}  # gone before its message was read
            try:
                asked = next((item for item in payload if isinstance(item, dict)), None)
                if asked is None:
                    raise Problem(Fault.INVALID_FIELD, {"field": "body", "reason": "type"})
                return handler(sid, guest, asked)
            except Refused as refused:
                return self._problem(Problem.of(refused.refusal), guest)
            except Problem as problem:
                return self._problem(problem, guest)
            except (StoreTrouble, TimeoutError) as trouble:
                _log.error("%s: %s", type(trouble).__name__, trouble)
                return self._problem(Problem(Fault.NOT_READY), guest)
            except Exception as error:
                instance = secrets.token_hex(4)
                _log.error("error %s", instance, exc_info=error)
                return self._problem(Problem(Fault.SERVER_ERROR, instance=instance), guest)

        return answer

    def _problem(self, problem: Problem, guest: Guest) -> Ack:
        return {"problem": problem.document(self.wording, guest.language)}

    def _entitled(self, guest: Guest, asked: Ack) -> tuple[House, str]:
        """Where the topic is and its name, where the guest may follow it."""
        if guest.principal is None and guest.token:
            raise Problem(Fault.BAD_TOKEN)
        rights_of = guest.house.centre.rights_of if guest.house else lambda role: ()
        topic = entitle(guest.principal, asked.get("topic"), rights_of)
        house = guest.house
        if house is None and topic.startswith("ticket:"):
            house = self.sites.of_secret(topic.partition(":")[2])
        if house is None:
            raise Problem(Code.UNKNOWN_TICKET if topic.startswith("ticket:") else Fault.CENTRE_REQUIRED)
        return house, topic

    def _enter(self, sid: str, house: House, topic: str, seq: int) -> None:
        fanout = self.fanouts[house.id]
        mine = fanout.topics_of[sid]
        if topic not in mine and len(mine) >= MAX_TOPICS:
            raise Problem(Fault.TOO_MANY_TOPICS, {"limit": MAX_TOPICS})
        self.socketio.server.enter_room(sid, fanout.room(topic))
        fanout.follow(sid, topic, seq)

    def _after_the_ack(self, send: Callable[..., None], *what: Any) -> None:
        self.socketio.start_background_task(send, *what)

    def _emit(self, event: str, message: Ack, to: str | list[str]) -> None:
        self.socketio.server.emit(event, message, to=to)

    def _principal(self, house: House | None, token: str, session: str) -> Principal | None:
        if house is None:
            return None
        if token:
            return house.access.by_token(token)
        return house.access.by_session(session) if session else None

    def _beat(self) -> None:
        while True:
            self.socketio.sleep(BEAT_SECONDS)
            self.beats += 1
            try:
                for house in self.sites:
                    self.fanouts[house.id].beat()
                    house.centre.heard(self.officers(house))
                if self.beats % RECHECK_BEATS == 0:
                    self.recheck()
            except Exception as error:  # the next beat must come whatever happened to this one
                _log.error("beat %s failed", self.beats, exc_info=error)

    def officers(self, house: House) -> set[str]:
        """The actors whose desks' pages are connected to a house."""
        topics_of = self.fanouts[house.id].topics_of
        return {
            guest.principal.actor.id
            for sid, guest in list(self.guests.items())
            if guest.principal is not None
            and guest.house is house
            and any(topic.startswith("counter:") for topic in topics_of.get(sid, ()))
        }

    def recheck(self) -> None:
        """Send away whoever was signed out, or whose token was revoked, since they came."""
        for sid, guest in list(self.guests.items()):
            held = self._principal(guest.house, guest.token, guest.session)
            if guest.principal is not None and held != guest.principal:
                self.socketio.server.disconnect(sid)


def _sid() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]  # Flask-SocketIO puts it there
    return sid


def _whole_number(asked: Ack, name: str) -> int:
    value = asked.get(name)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 16:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Problem(Fault.INVALID_FIELD, {"field": name, "reason": "type"})
    if not 0 <= value <= _NEWEST:
        raise Problem(Fault.INVALID_FIELD, {"field": name, "reason": "range"})
    return value


def install(app: Flask, sites: Sites, wording: Wording, *, async_mode: str) -> SocketIO:
    """Put Socket.IO into `app`, at /socket.io, over WebSocket only. It beats once it is started."""
    socketio = SocketIO(
        app,
        async_mode=async_mode,
        path=_PATH,
        transports=["websocket"],
        json=wire,
        serializer=wire.CarefulPacket,
        manage_session=False,
        max_http_buffer_size=MAX_MESSAGE,
        ping_interval=10,
        ping_timeout=10,
        logger=False,
        engineio_logger=False,
    )
    app.wsgi_app = _forgiving(app.wsgi_app)  # type: ignore[method-assign]
    socketio.live = LiveServer(socketio, sites, wording)
    return socketio


def _forgiving(serve: Any) -> Any:
    """A frame that is no Engine.IO ends its connection with one line in the log, not with a stack trace."""

    def forgiving(environ: dict[str, Any], start_response: Any) -> Any:
        try:
            return serve(environ, start_response)
        except (ValueError, IndexError) as error:
            if not environ.get("PATH_INFO", "").startswith(f"/{_PATH}/"):
                raise
            _log.info("a socket was closed: %s", error)
            if "werkzeug.socket" in environ:
                raise ConnectionError from None  # how its server learns that the socket is used up
            return []

    return forgiving


def start(socketio: SocketIO) -> None:
    """Begin to beat, where the server is about to serve."""
    socketio.live.start()
