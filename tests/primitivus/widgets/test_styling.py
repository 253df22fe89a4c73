"""Message styling (XEP-0393) and links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.widgets.styling import links, style

SHORT = {
    "message.strong": "S",
    "message.emphasis": "E",
    "message.strike": "X",
    "message.code": "C",
    "message.quote": "Q",
    "message.link": "L",
    "plain": ".",
}


def looks(body):
    return [
        "".join(SHORT[name] * length for name, length in line.runs) for line in style(body, "plain")
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a *b* c", "..SSS.."),
        ("_a_", "EEE"),
        ("~a~ `b`", "XXX.CCC"),
        ("`*a*`", "CCCCC"),
        ("*a _b_ c*", "SSSEEESSS"),
        ("no*bold*here", "............"),
        ("* not *", "......."),
        ("**", ".."),
        ("2 * 3 * 4", "........."),
        ("*a", ".."),
    ],
)
def test_spans(body, expected):
    assert looks(body) == [expected]


def test_a_link_is_styled_whole_and_its_signs_mean_nothing():
    assert looks("x http://a/_b_ y") == ["..LLLLLLLLLLL..."]
    assert links("x https://a.b/_c_d_e y") == ["https://a.b/_c_d_e"]


def test_the_end_of_a_sentence_is_no_part_of_a_link():
    assert links("see https://a.b/c. (or http://d.e/f(g)), xmpp:a@b") == [
        "https://a.b/c",
        "http://d.e/f(g)",
        "xmpp:a@b",
    ]


def test_quotes_and_blocks_are_of_whole_lines():
    assert looks("> *a*\nb\n```\n*c*\n```\nd") == ["QQSSS", ".", "CCC", "CCC", "CCC", "."]


@given(st.text(st.sampled_from("*_~` a>\n:/htps."), max_size=60))
def test_every_character_has_one_style(body):
    for line in style(body, "plain"):
        assert sum(length for _, length in line.runs) == len(line.text)
    assert "\n".join(line.text for line in style(body, "plain")) == body
