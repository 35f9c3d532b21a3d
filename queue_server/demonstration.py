"""The demonstration: the sample centre with sign-ins for anyone, and its printers' slips as pictures.

Everything here is for trying out; `motcua serve` loads none of it. What draws slips is imported when one
is first looked at: it would cost half of the start.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify

from queue_server.app.access import Access, Role
from queue_server.app.describing import describe
from queue_server.app.importing import read_site
from queue_server.core.site import Site
from queue_server.main import HERE, Installation, virtual_folder
from queue_server.store.sqlite import SqliteStore

SAMPLE = HERE / "sample" / "quang-ninh"
PASSWORD = "mot-cua-demo"
SHELF = 24
"""How many slips the front page shows of each printer."""

_VIRTUAL = "virtual://"


def prepare(store: SqliteStore) -> None:
    """Import the sample centre where the database has none; one that was changed meanwhile stays as it is."""
    site = read_site(SAMPLE)
    if site.id not in store.sites():
        describe(store, site)


def install(installation: Installation, folder: Path) -> None:
    """Make the sign-ins and tokens, once for each data folder, and the routes that show them."""
    house = installation.sites.get(installation.sites.ids[0])
    assert house is not None  # prepared before
    site = house.centre.site()
    keys = _keys(house.access, site, folder / "demo.json")
    app: Flask = installation.app
    slips = virtual_folder(installation.settings)

    def described() -> Response:
        return jsonify(_described(site, keys))

    def shelf(printer: str) -> Response:
        from drivers.virtual.printer import printed_pages

        pages = printed_pages(slips, printer)[-SHELF:][::-1]
        return jsonify({"slips": [_slip(printer, page) for page in pages]})

    def picture(printer: str, number: int) -> Response:
        from drivers.virtual.picture import render
        from drivers.virtual.printer import printed_pages

        for page in printed_pages(slips, printer):
            if page.number == number:
                return Response(render(page.read()), content_type="image/png")
        abort(404)

    app.add_url_rule("/demo.json", "demo", described)
    app.add_url_rule("/demo/slips/<printer>.json", "demo.shelf", shelf)
    app.add_url_rule("/demo/slips/<printer>/<int:number>.png", "demo.slip", picture)


def _slip(printer: str, page: Any) -> dict[str, Any]:
    return {"n": page.number, "at": page.at, "png": f"/demo/slips/{printer}/{page.number}.png"}


def _keys(access: Access, site: Site, file: Path) -> dict[str, Any]:
    """The demo's secrets, kept beside the database (readable by its owner only) so that links stay good."""
    if file.exists():
        keys: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if _are_good(access, site, keys):
            return keys
    keys = {
        "kiosks": {kiosk.id: access.create_token(Role.KIOSK, kiosk.id) for kiosk in site.kiosks},
        "boards": {board.id: access.create_token(Role.BOARD, board.id) for board in site.boards},
        "logins": _people(access, site),
    }
    draft = file.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(keys, out)
    draft.replace(file)
    return keys


def _are_good(access: Access, site: Site, keys: dict[str, Any]) -> bool:
    """Whether the kept secrets open every kiosk and board: the database may have been made anew."""
    kept = {**keys["kiosks"], **keys["boards"]}
    if not kept.keys() >= {*site.kiosk, *site.board} or not keys["logins"].keys() >= site.counter.keys():
        return False
    known = {person.login for person in access.people()}
    return all(map(access.by_token, kept.values())) and set(keys["logins"].values()) <= known


def _people(access: Access, site: Site) -> dict[str, str]:
    """A login for the officer of each counter, and one for a supervisor ("" as its counter)."""
    known = {person.login for person in access.people()}
    logins = {counter.id: f"quay-{counter.number}" for counter in site.counters}
    for counter, login in logins.items():
        if login not in known:
            name = f"Cán bộ quầy {site.counter[counter].number}"
            access.create_person(
                login, PASSWORD, Role.OFFICER, name=name, counters=[counter], first_password=False
            )
    if "dieu-phoi" not in known:
        access.create_person("dieu-phoi", PASSWORD, Role.SUPERVISOR, name="Điều phối", first_password=False)
    return {**logins, "": "dieu-phoi"}


def _described(site: Site, keys: dict[str, Any]) -> dict[str, Any]:
    printers = {k.id: k.printer.removeprefix(_VIRTUAL) for k in site.kiosks if k.printer.startswith(_VIRTUAL)}
    return {
        "site": {"id": site.id, "name": site.name},
        "kiosks": [
            {"id": k.id, "name": k.name, "url": f"/kiosk/{k.id}#token={keys['kiosks'][k.id]}"}
            for k in site.kiosks
            if k.id in keys["kiosks"]
        ],
        "boards": [
            {"id": b.id, "name": b.name, "url": f"/board/{b.id}#token={keys['boards'][b.id]}"}
            for b in site.boards
            if b.id in keys["boards"]
        ],
        "counters": [
            {
                "id": c.id,
                "number": c.number,
                "area": site.area[c.area].name,
                "queues": [
                    {"id": queue, "agency": site.agency[site.queue[queue].agency].name} for queue in c.queues
                ],
                "login": keys["logins"].get(c.id),
                "password": PASSWORD,
            }
            for c in site.counters
        ],
        "supervisor": {"login": keys["logins"][""], "password": PASSWORD},
        "printer": [
            {"name": name, "kiosk": kiosk, "slips_url": f"/demo/slips/{name}.json"}
            for kiosk, name in printers.items()
        ],
        "docs": "/docs",
    }
