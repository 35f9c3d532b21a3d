"""What operators and curious readers get: health, figures, and the API's own description."""

from __future__ import annotations

from pathlib import Path

import msgspec
from flask import Flask, Response

from ..app.problems import Fault, Problem
from . import openapi
from .api import ROUTES
from .files import send
from .metering import MEDIA_TYPE, Meter
from .routes import API, Building

_DOCS = Path(__file__).parent / "docs_page"
_EPHEMERAL = {"Cache-Control": "no-store"}


def install(app: Flask, building: Building, meter: Meter, version: str) -> None:
    described = msgspec.json.encode(openapi.document(ROUTES, version))

    def healthz() -> Response:
        """The process is alive and answers."""
        return Response(b'{"status":"alive"}', content_type="application/json", headers=_EPHEMERAL)

    def readyz() -> Response:
        """The store can be read, the writer lives, a site is imported."""
        if not building.centre.ready:
            raise Problem(Fault.NOT_READY)
        return Response(b'{"status":"ready"}', content_type="application/json", headers=_EPHEMERAL)

    def metrics() -> Response:
        return Response(meter.page(building.centre.stats()), content_type=MEDIA_TYPE, headers=_EPHEMERAL)

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
