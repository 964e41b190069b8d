"""Bytes become letters: what the bytes themselves tell of their encoding."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.tables.opening import NoTextError, Opened, decoded, encoding, guessed, read, regular


def opened(head: bytes, more: int = 0) -> Opened:
    return Opened("0" * 64, len(head) + more, head)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (b"30 days", "utf-8-sig"),
        ("30 днів".encode(), "utf-8-sig"),
        (b"\xef\xbb\xbf30 days", "utf-8-sig"),
        ("30 days".encode("utf-16"), "utf-16"),
        ("30 days".encode("utf-16-le"), "utf-16-le"),
        ("30 days".encode("utf-16-be"), "utf-16-be"),
        ("März".encode("latin-1"), ""),
    ],
)
def test_an_encoding_is_told_by_the_bytes(head: bytes, told: str) -> None:
    assert encoding(opened(head)) == told


def test_a_head_may_break_off_within_a_letter() -> None:
    head = "днів".encode()[:-1]
    assert encoding(opened(head, more=1)) == "utf-8-sig"
    assert encoding(opened(head)) == ""
    assert decoded(head, "utf-8-sig") == "дні"


def test_what_has_control_characters_is_no_text_unless_they_are_harmless() -> None:
    head = b"a,b\n" * 5 + b"\x1a\x1e" * 10
    with pytest.raises(NoTextError):
        encoding(opened(head))
    assert encoding(opened(head), controls=b"\x00") == "utf-8-sig"


def test_an_encoding_is_guessed_where_nothing_tells_it() -> None:
    head = "Перемир'я тривало тридцять днів, сказав міністр. ".encode("cp1251") * 20
    assert "Перемир" in head.decode(guessed(head))


@given(st.binary(max_size=300), st.integers(1, 400))
def test_a_file_is_hashed_whole_and_its_beginning_kept(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, head: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "file"
    path.write_bytes(content)
    found = read(path, head)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert (found.size, found.head) == (len(content), content[:head])
    assert found.complete == (head >= len(content))


def test_a_folder_is_no_regular_file(tmp_path: Path) -> None:
    assert not regular(tmp_path)
