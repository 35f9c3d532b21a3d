"""What a new password may be: long enough, not the login, not what everybody tries; no other conditions."""

from __future__ import annotations

import pytest

from queue_server.app.password_rule import WeakPassword, demand_good, made_up


def refusal(password: str, login: str = "quay-10", current: str | None = None) -> str | None:
    try:
        demand_good(password, login, current)
    except WeakPassword as weak:
        return weak.reason
    return None


@pytest.mark.parametrize(
    "password",
    [
        "một câu dài dễ nhớ",
        "con meo nam tren mai",
        "kfvhwzqtnb",
        "bến tàu lúc sáu giờ",
        "    mười dấu cách trước",
        "🙂🙃🙂🙃😀😃😄😁😆😅",
        "x" * 3 + "đường về nhà",
        "quay-10 mở cửa lúc bảy rưỡi",
    ],
)
def test_any_long_sentence_or_word_will_do(password: str) -> None:
    assert refusal(password) is None


def test_nine_letters_are_too_few_and_ten_enough() -> None:
    assert refusal("kfvhwzqtn") == "too_short"
    assert refusal("kfvhwzqtnb") is None


@pytest.mark.parametrize(
    "password",
    [
        "matkhau123",
        "mật khẩu 123",
        "Mật-Khẩu-2026",
        "1234567890",
        "0987654321",
        "12345678901234",
        "qwertyuiop",
        "abcdefghijkl",
        "1111111111",
        "abcabcabcabc",
        "password123",
        "PASSWORD1234",
        "QuangNinh2026",
        "motcua@2026",
        "Hạ Long 1990",
        "----------",
        "1q2w3e4r5t",
    ],
)
def test_what_everybody_tries_is_refused_however_it_is_dressed(password: str) -> None:
    assert refusal(password) == "common"


@pytest.mark.parametrize("password", ["quay-10quay-10", "QUAY10QUAY10", "quay 10 quay 10", "quay-10-quay"])
def test_the_login_is_no_password_nor_is_it_twice(password: str) -> None:
    expected = "login" if password != "quay-10-quay" else None
    assert refusal(password) == expected


def test_the_old_password_is_no_new_one() -> None:
    assert refusal("kfvhwzqtnb", current="kfvhwzqtnb") == "same"
    assert refusal("kfvhwzqtnb", current="kfvhwzqtnc") is None


def test_made_up_passwords_are_good_all_different_and_easy_to_read_out() -> None:
    made = {made_up() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        assert refusal(password) is None
        assert not set(password) & set("01oilIO")
