"""Which centre a request means: by its path, its token or session, the slip's secret; else the only one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..app.cookies import session_in
from ..app.problems import Fault, Problem
from ..app.sites import NAMED, House, Sites
from ..core.refusals import Code
from .identity import bearer
from .routes import Building, Route


class Entrance:
    """`furnish` makes what handlers work with in a house."""

    def __init__(self, sites: Sites, furnish: Callable[[House], Building]) -> None:
        self._sites = sites
        self._furnish = furnish
        self._buildings: dict[str, Building] = {}

    def building(self, route: Route, environ: Mapping[str, Any], path: Mapping[str, str]) -> Building:
        """Where the request goes; Problem where there is no such centre, or none can be told."""
        named = environ.get(NAMED)
        token = bearer(environ) or ""
        session = "" if token else session_in(environ.get("HTTP_COOKIE")) or ""
        house = self._sites.resolve(named, token, session)
        if house is None and named is None and "secret" in path:
            house = self._sites.of_secret(path["secret"])
        if house is None and named is None and route.anywhere and self._sites.ids:
            house = self._sites.get(self._sites.ids[0])
        if house is None:
            raise self._lost(named, token, session, route, path)
        return self._of(house)

    def _lost(
        self, named: str | None, token: str, session: str, route: Route, path: Mapping[str, str]
    ) -> Problem:
        if named is not None:
            return Problem(Fault.UNKNOWN_CENTRE, {"centre": named[:64]})
        if not self._sites.ids:
            return Problem(Fault.NOT_READY)
        if token:
            return Problem(Fault.BAD_TOKEN)
        if session and route.who is not None:
            return Problem(Fault.SESSION_ENDED)
        if "secret" in path:
            return Problem(Code.UNKNOWN_TICKET, {"secret": path["secret"][:64]}, status=404)
        return Problem(Fault.CENTRE_REQUIRED)

    def _of(self, house: House) -> Building:
        building = self._buildings.get(house.id)
        if building is None:
            building = self._buildings[house.id] = self._furnish(house)
        return building


def prefixed(serve: Any) -> Any:
    """`serve` with every address also under /@CENTRE: the centre's name moves from the path to NAMED."""

    def serve_one(environ: dict[str, Any], start_response: Any) -> Any:
        path = environ.get("PATH_INFO", "")
        if path.startswith("/@"):
            name, _, rest = path[2:].partition("/")
            environ[NAMED] = name
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/@{name}"
            environ["PATH_INFO"] = f"/{rest}"
        return serve(environ, start_response)

    return serve_one
