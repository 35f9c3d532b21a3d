"""What an officer notes and how a service ends, before a scripted server: notes, outcomes, further stops."""

from __future__ import annotations

from playwright.sync_api import Browser, Route, expect

from .desk_play import desk_play
from .desk_rows import STOPS, ago, here

# ---- the note ----------------------------------------------------------------------------------------------


def test_a_note_is_saved_by_enter_and_its_letters_are_no_verbs(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving")) as desk:
        desk.press("i")
        expect(desk.note).to_be_focused()
        desk.page.keyboard.type("khach bo sung")
        desk.posted()
        desk.press("Enter").posted((f"/tickets/{here()['id']}/note", {"text": "khach bo sung"}))
        expect(desk.page.locator(".note-word")).to_have_text("Đã lưu")
        desk.press("k").posted((f"/tickets/{here()['id']}/finish", {}))


def test_a_half_written_note_survives_whatever_else_changes(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving", note="cũ")) as desk:
        expect(desk.note).to_have_value("cũ")
        desk.press("i", "End").page.keyboard.type(" và mới")
        desk.put("ticket", "_", note="của người khác", calls=2)
        desk.put("lines", "stp", waiting=9)
        expect(desk.page.locator(".line .number").first).to_have_text("9")
        expect(desk.note).to_have_value("cũ và mới")
        expect(desk.note).to_be_focused()
        desk.page.reload()
        expect(desk.note).to_have_value("cũ và mới")
        desk.posted((f"/tickets/{here()['id']}/note", {"text": "cũ và mới"}))


def test_a_note_is_safe_before_the_verb_that_ends_the_service(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving")) as desk:
        held: list[Route] = []
        desk.page.route("**/note", lambda route: held.append(route))
        desk.press("i").page.keyboard.type("đủ hồ sơ")
        desk.page.locator(".primary").click()
        expect(desk.page.locator(".primary")).to_have_attribute("data-busy", "true")
        desk.posted()
        held[0].fulfill(json={})
        desk.posted((f"/tickets/{here()['id']}/finish", {}))
        assert held[0].request.post_data_json == {"text": "đủ hồ sơ"}


def test_a_note_that_could_not_be_saved_says_so_and_tries_again(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving")) as desk:
        desk.answers = [{"status": 500, "code": "server_error"}]
        desk.press("i").page.keyboard.type("đủ hồ sơ")
        desk.press("Enter")
        expect(desk.page.locator(".note-word")).to_contain_text("Chưa lưu được")
        desk.posts.clear()
        desk.page.locator(".note-word button").click()
        desk.posted((f"/tickets/{here()['id']}/note", {"text": "đủ hồ sơ"}))
        expect(desk.page.locator(".note-word")).to_have_text("Đã lưu")


# ---- ends, reasons, further stops --------------------------------------------------------------------------


def test_one_key_finishes_and_another_asks_how_it_ended(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving")) as desk:
        desk.press("k").posted((f"/tickets/{here()['id']}/finish", {}))
        desk.show("serving", ticket=here("serving", "C031")).ask("x").press("2")
        desk.posted((f"/tickets/{here(label='C031')['id']}/finish", {"outcome": "incomplete"}))


def test_who_goes_on_is_told_where(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving", then=["cat", "bhxh"], then_names=STOPS)) as desk:
        expect(desk.page.locator(".stops")).to_contain_text("Bảo hiểm xã hội")
        expect(desk.page.locator(".primary")).to_contain_text("rồi mời sang Công an tỉnh Quảng Ninh")
        desk.answers = [{"state": "waiting", "queue": "cat", "counters": ["20", "21"]}]
        desk.press("k").posted((f"/tickets/{here()['id']}/finish", {}))
        desk.show("ready")
        expect(desk.word).to_contain_text("Mời C024 đến Công an tỉnh Quảng Ninh")
        expect(desk.word).to_contain_text("quầy 20, 21")


def test_a_further_agency_is_added_once(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving", then=["cat"], then_names=STOPS[:1])) as desk:
        desk.ask("e")
        expect(desk.dialog).to_contain_text("Đã có: Công an tỉnh Quảng Ninh")
        expect(desk.dialog.locator("[role=option]").filter(has_text="Công an")).to_have_count(0)
        desk.page.locator(".search").fill("bao hiem")
        desk.press("Enter").posted((f"/tickets/{here()['id']}/services", {"queue": "bhxh"}))


def test_reasons_are_the_sites_own(browser: Browser) -> None:
    with desk_play(browser, ticket=here()) as desk:
        desk.ask("h")
        expect(desk.dialog.locator(".choice")).to_have_text(["1Khách đã về", "2Lấy nhầm số"])
        expect(desk.dialog.locator(":focus")).to_contain_text("Giữ C024")
        desk.press("2").posted((f"/tickets/{here()['id']}/cancel", {"reason": "mistake"}))
        desk.show("ready").ask("n").press("3").posted(("/counters/12/pause", {"reason": "meeting"}))
        desk.show("paused", state="paused", reason="meeting")
        expect(desk.page.locator(".counter-state")).to_contain_text("Họp")


def test_the_promise_is_the_sites_own(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving", started_at=ago(17))) as desk:
        ring = desk.page.locator(".ring")
        expect(ring).to_have_attribute("data-pressure", "late")
        desk.site["rule"]["service_minutes"] = 20
        desk.page.reload()
        expect(ring).to_have_attribute("data-pressure", "soon")
        expect(ring).to_contain_text("sắp hết 20 phút")


def test_a_question_about_somebody_goes_away_with_them(browser: Browser) -> None:
    with desk_play(browser, ticket=here("serving")) as desk:
        desk.ask("x")
        desk.show("serving", ticket=here("serving", "C031"))
        expect(desk.dialog).to_have_count(0)
        desk.press("2").posted()
