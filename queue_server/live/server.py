"""Topics over Socket.IO: join, resume, leave, spoken; snapshots, changes and a beat every two seconds."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from flask import request
from flask_socketio import SocketIO

from ..app.access import Principal
from ..app.cookies import session_in
from ..app.ports import StoreTrouble
from ..app.problems import Fault, Problem
from ..app.sites import NAMED, House, Sites
from ..app.wording import Wording
from ..core.refusals import Code, Refused
from .entitlement import entitle, may_speak
from .fanout import MAX_TOPICS, Fanout, Follower
from .guests import Guest, short_text, stamp_of, whole_number
from .lines import Frame, line_of

BEAT_SECONDS = 2.0
RECHECK_BEATS = 5
"""Every so many beats it is asked again whether each connection is still entitled to be here."""
TURN_SECONDS = 0.002
"""So long one green thread tells others something before it lets the rest have their turn."""

_log = logging.getLogger("motcua.live")
Ack = dict[str, Any]


class LiveServer:
    """The handlers of the sockets of all houses; each house has a fan-out of its own."""

    def __init__(self, socketio: SocketIO, sites: Sites, wording: Wording) -> None:
        self.socketio = socketio
        self.sites = sites
        self.wording = wording
        self.fanouts: dict[str, Fanout] = {}
        self.guests: dict[str, Guest] = {}
        self.beats = 0
        self._has_threads = socketio.async_mode == "threading"
        self._turn_ends = 0.0
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
        alone = threading.RLock() if self._has_threads else nullcontext()
        fanout = Fanout(house.centre, Frame, stamp_of(house), self._breathe, alone)
        self.fanouts[house.id] = fanout
        house.centre.subscribe(fanout.on_batch)

    def start(self) -> None:
        """Begin to beat."""
        self.socketio.start_background_task(self._beat_on)

    # ---- events -------------------------------------------------------------------------------------------

    def connect(self, auth: Any = None) -> bool | None:
        """Let everybody in: a stranger may follow their own ticket; a wrong token is told so at `join`.

        The house is the one that the path names, or `auth`'s `site`, or where the token or session was made.
        """
        said = auth if isinstance(auth, dict) else {}
        token, site = short_text(said.get("token")), short_text(said.get("site"))
        session = "" if token else session_in(request.headers.get("Cookie")) or ""
        language = self.wording.language_of(request.headers.get("Accept-Language"))
        house = self.sites.resolve(request.environ.get(NAMED) or site or None, token, session)
        principal = self._principal(house, token, session)
        line = line_of(request.environ)
        if line.is_gone:  # while we looked who it is: nobody would tell us any more
            return False
        self.guests[_sid()] = Guest(house, principal, token, session, language, line)
        return None

    def disconnect(self, *_: Any) -> None:
        guest = self.guests.pop(_sid(), None)
        if guest is not None:
            for topic in list(guest.follows):
                self._leave(_sid(), guest, topic)

    def join(self, sid: str, guest: Guest, asked: Ack) -> Ack:
        house, topic = self._entitled(guest, asked)
        fanout, follower = self._enter(sid, guest, house, topic)
        try:
            seq, rows = house.centre.snapshot(topic)
        except Exception:
            self._leave(sid, guest, topic, follower)
            raise
        self._after_the_ack(fanout.begin_anew, sid, topic, follower, seq, rows)
        return {"ok": True}

    def resume(self, sid: str, guest: Guest, asked: Ack) -> Ack:
        (house, topic), seq = self._entitled(guest, asked), whole_number(asked, "seq")
        fanout, follower = self._enter(sid, guest, house, topic)
        try:
            missed = house.centre.changes_since(topic, seq)
        except Exception:
            self._leave(sid, guest, topic, follower)
            raise
        if missed is None:
            return self.join(sid, guest, asked)
        self._after_the_ack(fanout.begin_after, sid, topic, follower, seq, missed)
        return {"ok": True}

    def leave(self, sid: str, guest: Guest, asked: Ack) -> Ack:
        topic = asked.get("topic")
        if isinstance(topic, str) and topic in guest.follows:
            self._leave(sid, guest, topic)
        return {"ok": True}

    def spoken(self, sid: str, guest: Guest, asked: Ack) -> Ack:
        house, topic = self._entitled(guest, asked)
        if not may_speak(guest.principal, topic):
            raise Refused(Code.NOT_ALLOWED)
        house.centre.spoken(topic.partition(":")[2], whole_number(asked, "announcement"))
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

    def _enter(self, sid: str, guest: Guest, house: House, topic: str) -> tuple[Fanout, Follower]:
        """From now on what is told on the topic is kept for this guest, until they are given the rest."""
        if self.guests.get(sid) is not guest:
            raise Problem(Fault.NOT_READY)  # gone meanwhile: nobody reads this
        if topic not in guest.follows and len(guest.follows) >= MAX_TOPICS:
            raise Problem(Fault.TOO_MANY_TOPICS, {"limit": MAX_TOPICS})
        fanout = guest.follows[topic] = self.fanouts[house.id]
        return fanout, fanout.enter(sid, guest.line, topic)

    def _leave(self, sid: str, guest: Guest, topic: str, only: Follower | None = None) -> None:
        fanout = guest.follows.get(topic)
        if fanout is not None and fanout.leave(sid, topic, only):
            guest.follows.pop(topic, None)

    def _after_the_ack(self, begin: Callable[..., None], *what: Any) -> None:
        """Run `begin` once the acknowledgement of the event that is being handled is on its way."""
        handling = threading.current_thread()

        def beginning() -> None:
            if self._has_threads:  # each event has a thread, which ends with its acknowledgement
                handling.join()
            try:
                begin(*what)
            except Exception as error:  # the next beat lacks the topic, and its screen asks again
                _log.error("a topic could not be given", exc_info=error)

        self.socketio.start_background_task(beginning)

    def _breathe(self) -> None:
        """Let the others have their turn, where this one was long."""
        if not self._has_threads and time.monotonic() > self._turn_ends:
            self.socketio.sleep(0)
            self._turn_ends = time.monotonic() + TURN_SECONDS

    def _principal(self, house: House | None, token: str, session: str) -> Principal | None:
        if house is None:
            return None
        if token:
            return house.access.by_token(token)
        return house.access.by_session(session) if session else None

    def _beat_on(self) -> None:
        while True:
            self.socketio.sleep(BEAT_SECONDS)
            self.beats += 1
            try:
                self.beat()
                if self.beats % RECHECK_BEATS == 0:
                    self.recheck()
            except Exception as error:  # the next beat must come whatever happened to this one
                _log.error("beat %s failed", self.beats, exc_info=error)

    def beat(self) -> None:
        """Tell everybody that they are connected, and each house whose desks are.

        Not while the store does not answer: a screen that hears nothing says that it does not know.
        """
        self.sites.demand_answer()
        officers = self.officers()
        for house in self.sites:
            try:
                self.fanouts[house.id].beat()
                house.centre.heard(officers.get(house.id, ()))
            except Exception as error:
                _log.error("a beat at %s failed", house.id, exc_info=error)
        nothing = Frame("beat", {"seqs": {}})
        for guest in list(self.guests.values()):
            if not guest.follows:  # what it asked for failed, maybe: now it knows that it may ask again
                guest.line.send(nothing)

    def officers(self) -> dict[str, set[str]]:
        """By house, the actors whose desks' pages are connected."""
        found: dict[str, set[str]] = defaultdict(set)
        for guest in list(self.guests.values()):
            if guest.principal is None or guest.house is None:
                continue
            if any(topic.startswith("counter:") for topic in list(guest.follows)):
                found[guest.house.id].add(guest.principal.actor.id)
        return found

    def recheck(self) -> None:
        """Send away whoever was signed out, or whose token was revoked, since they came."""
        for sid, guest in list(self.guests.items()):
            held = self._principal(guest.house, guest.token, guest.session)
            if guest.principal is not None and held != guest.principal:
                self.socketio.server.disconnect(sid)
            self._breathe()


def _sid() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]  # Flask-SocketIO puts it there
    return sid
