"""What operators and curious readers get: health, figures, and the API's own description."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import msgspec
from flask import Flask, Response

from ..app.problems import Fault, Problem
from ..app.sites import Sites
from . import openapi
from .api import ROUTES
from .files import send
from .metering import MEDIA_TYPE, Meter
from .routes import API

_DOCS = Path(__file__).parent / "docs_page"
_EPHEMERAL = {"Cache-Control": "no-store"}


class Settings(Protocol):
    """What is told of the process: see application.WebSettings."""

    @property
    def version(self) -> str: ...
    @property
    def figures(self) -> Callable[[], dict[str, Any]]: ...


def install(app: Flask, sites: Sites, meter: Meter, settings: Settings) -> None:
    described = msgspec.json.encode(openapi.document(ROUTES, settings.version))

    def healthz() -> Response:
        """The process is alive and answers."""
        return Response(b'{"status":"alive"}', content_type="application/json", headers=_EPHEMERAL)

    def readyz() -> Response:
        """The store can be read, the writer lives, a site is imported."""
        first = sites.get(sites.ids[0]) if sites.ids else None
        if first is None or not first.centre.ready:
            raise Problem(Fault.NOT_READY)
        return Response(b'{"status":"ready"}', content_type="application/json", headers=_EPHEMERAL)

    def metrics() -> Response:
        """The process' own figures, and those of the centres that it has opened."""
        centres = {house.id: house.centre.stats() for house in sites}
        page = meter.page(settings.figures(), centres)
        return Response(page, content_type=MEDIA_TYPE, headers=_EPHEMERAL)

    def openapi_json() -> Response:
        return Response(described, content_type="application/json", headers={"Cache-Control": "no-cache"})

    def docs() -> Response:
        return send(_DOCS, "index.html")

    def docs_file(name: str) -> Response:
        return send(_DOCS, name)

    for rule, view in (
        ("/healthz", healthz),
        ("/readyz", readyz),
        ("/metrics", metrics),
        (f"{API}/openapi.json", openapi_json),
        (f"{API}/docs", docs),
        (f"{API}/docs/<name>", docs_file),
    ):
        app.add_url_rule(rule, f"operations.{view.__name__}", view, provide_automatic_options=False)
    # The design names them beside the calls; people look for them at the root.
    app.add_url_rule("/openapi.json", view_func=openapi_json, provide_automatic_options=False)
    app.add_url_rule("/docs", view_func=docs, provide_automatic_options=False)
