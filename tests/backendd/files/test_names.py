"""A name from outside is only a name."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backendd.api import file_names
from backendd.files import names

LINES = (Path(__file__).parent / "hostile_names.txt").read_text(encoding="ascii").splitlines()
CASES = [tuple(line.split(" => ")) for line in LINES if line and not line.startswith("#")]
INVISIBLE = {"Cc", "Cs", "Co", "Zl", "Zp"}
NASTY = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Mn", "Zs", "So"]),
        st.sampled_from("./\\ -~:\u200d\u200c\ufe0f\u0301aux"),
    ),
    max_size=300,
)


def decoded(line):
    return line.encode("ascii").decode("unicode_escape")


@pytest.mark.parametrize(("given_name", "expected"), CASES)
def test_a_hostile_name_becomes_a_harmless_one(given_name, expected):
    assert names.safe(decoded(given_name)) == decoded(expected)


@given(NASTY)
@example("aux")
@example("\u202e.\u202e.")
@example("-\u0301.txt")
@example("\u1100" * 120 + ".\u0301")
def test_a_name_is_one_part_of_a_path_that_shows_and_hides_nothing(nasty):
    name = names.safe(nasty)
    assert name
    assert not set(name) & set('/\\\0\n\r\t<>:"|?*')
    assert name[0] not in ".- "
    assert name[-1] not in ". "
    assert not INVISIBLE & {unicodedata.category(char) for char in name}
    assert len(name.encode()) <= file_names.MOST_BYTES
    assert names.safe(name) == name


@given(NASTY)
def test_whatever_is_sent_a_disk_takes_its_name(tmp_path_factory, nasty):
    directory = tmp_path_factory.mktemp("names")
    name = names.safe(nasty)
    (directory / name).touch()
    assert os.listdir(directory) == [unicodedata.normalize("NFC", name)]


def test_a_long_name_keeps_its_extension():
    assert names.safe("a" * 5000 + ".tar.gz") == "a" * 193 + ".tar.gz"
    assert names.safe("a" * 198 + ".jpeg") == "a" * 195 + ".jpeg"


def test_what_is_too_long_for_an_extension_is_none():
    assert names.safe("a." + "b" * 500) == "a." + "b" * 198


def test_a_long_name_is_cut_between_letters_as_people_see_them():
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"  # 18 bytes
    assert names.safe(family * 20 + ".png") == family * 10 + ".png"
    assert names.safe("x\u0323\u0304" * 100) == "x\u0323\u0304" * 40


def test_a_long_name_is_not_cut_so_that_it_ends_in_blanks_or_dots():
    assert names.safe("a" * 190 + " . . . . b.pdf") == "a" * 190 + ".pdf"


def test_the_number_of_a_name_stands_before_its_extension():
    assert file_names.numbered("report.pdf", 2) == "report (2).pdf"
    assert file_names.numbered("archive.tar.gz", 3) == "archive (3).tar.gz"
    assert file_names.numbered("README", 2) == "README (2)"


def test_a_numbered_name_is_no_longer_than_any_other():
    name = file_names.numbered("ä" * 98 + ".pdf", 17)
    assert len(name.encode()) <= file_names.MOST_BYTES
    assert name.endswith("ä (17).pdf")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.org/up/1/K%C3%B6ln%20bei%20Nacht.jpg", "Köln bei Nacht.jpg"),
        ("https://example.org/a/b.txt?name=evil.sh#c.exe", "b.txt"),
        ("aesgcm://example.org/a/picture.png#00ff", "picture.png"),
        ("https://example.org/..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("https://example.org/%2E%2E", "file"),
        ("https://example.org/%FF%FE.txt", "\ufffd\ufffd.txt"),
        ("https://example.org/", "file"),
        ("https://example.org", "file"),
        ("https://[broken/x.txt", "file"),
        ("", "file"),
    ],
)
def test_an_address_names_its_file(address, name):
    assert names.of_address(address) == name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/me/Köln bei Nacht.jpg", "Köln bei Nacht.jpg"),
        ("/home/me/.bashrc", ".bashrc"),
        ("/tmp/caf\udce9.txt", "caf\ufffd.txt"),
        ("/tmp/a\nb\x1b[1m.txt", "a b[1m.txt"),
        ("/tmp/\x07", "file"),
    ],
)
def test_a_file_of_ours_is_told_of_by_a_name_that_is_text(path, name):
    assert names.of_path(path) == name
