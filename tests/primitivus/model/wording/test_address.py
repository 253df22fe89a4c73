"""Addresses as people read them."""

import pytest

from primitivus.model.wording.address import called, local_part, with_meaning


@pytest.mark.parametrize(
    ("jid", "name"),
    [
        ("mia@example.org", "mia"),
        (r"d\27artagnan\40home@example.org", "d'artagnan@home"),
        (r"c\3a\5cnet@example.org", r"c:\net"),
        (r"\5c20@example.org", r"\20"),
        (r"\20mia@example.org", r"\20mia"),
        (r"x\27\20@example.org", r"x\27\20"),
        (r"a\31b@example.org", r"a\31b"),
        ("example.org", "example.org"),
        ("@example.org", "@example.org"),
        (" @example.org", " @example.org"),
    ],
)
def test_a_name_is_read_as_xep_0106_means_it(jid, name):
    assert local_part(jid) == name


def test_an_occupant_is_called_by_nick_whatever_is_in_it():
    assert called("cave@rooms.example.org/ann") == "ann"
    assert called("cave@rooms.example.org/a/b@c") == "a/b@c"
    assert called("cave@rooms.example.org") == "cave"
    assert [called(each) for each in ("@@", "a@")] == ["@@", "a@"]
    assert with_meaning("cave@rooms.example.org/ann") == "cave@rooms.example.org/ann"


def test_what_an_address_means_goes_beside_it_and_never_in_its_place():
    assert with_meaning("mia@example.org") == "mia@example.org"
    assert with_meaning("example.org") == "example.org"
    assert with_meaning(r"a\26b@example.org") == r"a\26b@example.org (a&b)"
