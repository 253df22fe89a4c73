"""Message styling (XEP-0393) and links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primitivus.model.wording.urls import urls
from primitivus.widgets.drawing.styling import style
from tests.lab.hostile import PIECES, body, steps

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
        "".join(SHORT[getattr(name, "style", name)] * length for name, length in line.runs)
        for line in style(body, "plain")
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


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("*strong span*", ["SSSSSSSSSSSSS"]),
        ("plain _emphasis_ plain", ["......EEEEEEEEEE......"]),
        ("`pre` plain *strong*", ["CCCCC.......SSSSSSSS"]),
        ("*strong*plain*", ["SSSSSSSS......"]),
        ("* plain *strong*", ["........SSSSSSSS"]),
        ("not strong*", ["..........."]),
        ("*not strong", ["..........."]),
        ("*not \n strong*", [".....", "........"]),
        ("*not *strong", ["............"]),
        ("**", [".."]),
        ("***", ["..."]),
        ("****", ["...."]),
        ("Everyone ~dis~likes cake.", [".........XXXXX..........."]),
        ("This is `*monospace*`", ["........CCCCCCCCCCCCC"]),
        ("*`both`*", ["SCCCCCCS"]),
        ("```ignored\n*a*\n```\nb", ["C" * 10, "CCC", "CCC", "."]),
        ("> ```\n> *a*\n\nplain", ["QQCCC", "QQCCC", "", "....."]),
        (">> is.\n> Said", ["QQQQQQ", "QQQQQQ"]),
        ("> *a*\n>_b_", ["QQSSS", "QEEE"]),
        ("```\n``` not yet\n```\nb", ["CCC", "C" * 11, "CCC", "."]),
    ],
)
def test_what_the_xep_says_of_spans_and_blocks_holds(body, expected):
    assert looks(body) == expected


def test_a_span_may_hold_a_link():
    assert looks("*see http://a/*b now*") == ["SSSSS" + "L" * 11 + "SSSSS"]


def test_a_link_is_styled_whole_and_its_signs_mean_nothing():
    assert looks("x http://a/_b_ y") == ["..LLLLLLLLLLL..."]
    assert urls("x https://a.b/_c_d_e y") == ["https://a.b/_c_d_e"]


def test_the_end_of_a_sentence_is_no_part_of_a_link():
    assert urls("“https://a.b/c?d”, »xmpp:a@b«… 「https://e.f/g」。") == [
        "https://a.b/c?d",
        "xmpp:a@b",
        "https://e.f/g",
    ]
    assert urls("see https://a.b/c. (or http://d.e/f(g)), xmpp:a@b") == [
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


SIGNS = {"*": "message.strong", "_": "message.emphasis", "~": "message.strike", "`": "message.code"}


def spans(text):
    """Return the styles of a plain line, found the long way: each sign looks for its closing."""
    styles = ["plain"] * len(text)

    def mark(start, end):
        place = start
        while place < end:
            close = closing(place, end) if opens(place, start) else None
            if close is None:
                place += 1
                continue
            styles[place : close + 1] = [SIGNS[text[place]]] * (close + 1 - place)
            if text[place] != "`":
                mark(place + 1, close)
            place = close + 1

    def opens(place, start):
        return text[place] in SIGNS and (place == start or text[place - 1].isspace())

    def closing(place, end):
        if text[place + 1 : place + 2] in ("", " ", text[place]):
            return None
        signs = (n for n in range(place + 2, end) if text[n] == text[place])
        return next((n for n in signs if not text[n - 1].isspace()), None)

    mark(0, len(text))
    return styles


@given(st.text(st.sampled_from("*_~` ab"), max_size=40))
def test_spans_are_those_that_a_search_for_each_sign_finds(text):
    text = f"a {text}"
    (line,) = style(text, "plain")
    assert [name for name, length in line.runs for _ in range(length)] == spans(text)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_styling_costs_in_proportion_to_the_length(piece):
    once = steps(lambda: style(body(piece, 500), "plain"))
    assert steps(lambda: style(body(piece, 2000), "plain")) < 4.5 * once


@pytest.mark.parametrize("tail", [")", "(", ".", ").", "http://a) "])
def test_finding_links_costs_in_proportion_to_the_length(tail):
    once = steps(lambda: urls("http://a/" + body(tail, 500)))
    assert steps(lambda: urls("http://a/" + body(tail, 2000))) < 4.5 * once
