"""Files: pages and their parts are served, and nothing else of the machine is."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_server.web import Folders
from queue_server.web.files import MEDIA_TYPES
from tests.web_stand import Stand, make_stand


@pytest.fixture
def stand(tmp_path: Path) -> Stand:
    for name, content in {
        "pages/home/index.html": "home",
        "pages/desk/index.html": "desk",
        "pages/desk/desk.js": "export {}",
        "pages/signin/index.html": "signin",
        "pages/ticket/index.html": "ticket",
        "pages/shared/live.js": "export {}",
        "pages/shared/.hidden.js": "no",
        "pages/shared/notes.txt": "no",
        "pages/package.json": "{}",
        "pages/node_modules/htm/preact/standalone.mjs": "export {}",
        "pages/node_modules/htm/README.md": "no",
        "pages/node_modules/ws/index.js": "no",
        "pages/node_modules/preact/package.json": "no",
        "pages/node_modules/@fontsource/be-vietnam-pro/files/x.woff2": "font",
        "kiosk/index.html": "kiosk",
        "kiosk/kiosk.css": "a{}",
        "board/index.html": "board",
        "texts/vi/a.ftl": "một = 1",
        "texts/vi/b.ftl": "hai = 2",
        "texts/en/a.ftl": "one = 1",
        "voice/vi/chime.wav": "RIFF",
        "voice/manifest.json": "{}",
        "secret.js": "no",
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    (tmp_path / "pages/shared/out.js").symlink_to(tmp_path / "secret.js")
    folders = Folders(
        tmp_path / "pages", tmp_path / "kiosk", tmp_path / "board", (tmp_path / "texts",), tmp_path / "voice"
    )
    return make_stand(folders)


@pytest.mark.parametrize(
    ("address", "media_type", "content"),
    [
        ("/", "text/html", "home"),
        ("/desk", "text/html", "desk"),
        ("/pages/desk/desk.js", "text/javascript", "export {}"),
        ("/signin", "text/html", "signin"),
        ("/t/abcdefgh", "text/html", "ticket"),
        ("/kiosk/k1", "text/html", "kiosk"),
        ("/kiosk-assets/kiosk.css", "text/css", "a{}"),
        ("/board/main", "text/html", "board"),
        ("/assets/live.js", "text/javascript", "export {}"),
        ("/vendor/htm/preact/standalone.mjs", "text/javascript", "export {}"),
        ("/vendor/@fontsource/be-vietnam-pro/files/x.woff2", "font/woff2", "font"),
        ("/texts/en.ftl", "text/plain", "one = 1"),
        ("/voice/vi/chime.wav", "audio/wav", "RIFF"),
        ("/voice/manifest.json", "application/json", "{}"),
    ],
)
def test_each_address_of_the_contract_serves_its_file(
    stand: Stand, address: str, media_type: str, content: str
) -> None:
    answer = stand.client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.content_type.startswith(media_type)
    assert answer.text == content


@pytest.mark.parametrize(
    "address",
    [
        "/assets/../package.json",
        "/assets/%2e%2e/package.json",
        "/assets/..%2f..%2fsecret.js",
        "/assets/out.js",
        "/assets/.hidden.js",
        "/assets/notes.txt",
        "/assets/",
        "/assets//live.js",
        "/assets/nothing.js",
        "/assets/live.js/x.js",
        "/assets/\\..\\live.js",
        "/assets/%00.js",
        "/assets/" + "a" * 5000 + ".js",
        "/pages/package.json",
        "/pages/shared/live.js",
        "/pages/node_modules/htm/preact/standalone.mjs",
        "/vendor/ws/index.js",
        "/vendor/htm/README.md",
        "/vendor/htm/../ws/index.js",
        "/vendor/preact/package.json",
        "/texts/fr.ftl",
        "/texts/..%2fvi.ftl",
        "/voice/../secret.js",
        "/voice/vi/none.wav",
    ],
)
def test_anything_else_is_not_found(stand: Stand, address: str) -> None:
    answer = stand.client.get(address)
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_the_texts_of_a_language_come_joined(stand: Stand) -> None:
    text = stand.client.get("/texts/vi.ftl").text
    assert "một = 1" in text and "hai = 2" in text


def test_a_file_that_has_not_changed_is_not_sent_again(stand: Stand) -> None:
    for address in ("/assets/live.js", "/texts/vi.ftl", "/desk"):
        first = stand.client.get(address)
        again = stand.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert stand.client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_scripts_are_asked_for_anew_and_fonts_are_kept(stand: Stand) -> None:
    assert stand.client.get("/assets/live.js").headers["Cache-Control"] == "no-cache"
    font = stand.client.get("/vendor/@fontsource/be-vietnam-pro/files/x.woff2")
    assert "immutable" in font.headers["Cache-Control"]
    assert stand.client.get("/t/abcdefgh").headers["Cache-Control"] == "no-store"


def test_every_answer_carries_the_security_headers(stand: Stand) -> None:
    for address in ("/", "/api/v1/site", "/nowhere", "/assets/live.js", "/healthz"):
        headers = stand.client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_a_module_script_never_comes_as_plain_text() -> None:
    assert MEDIA_TYPES[".mjs"].startswith("text/javascript")
