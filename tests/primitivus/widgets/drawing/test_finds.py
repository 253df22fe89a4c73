"""The words of a search are marked in what is shown, as the backend finds them."""

import pytest

from backendd.api.records import Attachment, Message
from primitivus.model.search.found_words import begun, spans
from primitivus.themes.symbols import UTF8
from primitivus.widgets.drawing.finds import STYLE, marked
from primitivus.widgets.drawing.linking import link
from primitivus.widgets.messages.look import Look
from primitivus.widgets.messages.message import lay_out
from primitivus.widgets.terminal.hyperlinks import Linked


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Meet at the Café?", "CAFE the", ["the", "Café"]),
        ("cafe\u0301s and cafe\u0301", "café", ["cafe\u0301"]),
        ("number numbers", "number", ["number"]),
        ("number numbers", "number*", ["number", "numbers"]),
        ("we like red tea, and tea red", '"red tea"', ["red tea"]),
        ("we like red, tea", '"red tea', ["red, tea"]),
        ("我在北京工作", "北京", ["北京"]),
        ("snake_case", "case", ["case"]),
        ("c++ and c", "c++", ["c++"]),
        ("Straße", "strasse", ["Straße"]),
        ("ﬁne", "fine", ["ﬁne"]),
        ("nothing", "", []),
        ("nothing", '" *', []),
        ("👩‍👩‍👧 here", "here", ["here"]),
        ("שלום לכולם", "לכולם", ["לכולם"]),
    ],
)
def test_words_are_marked_as_they_are_found(text, query, found):
    assert [text[start:end] for start, end in spans(text, query)] == found


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("exam", "exam*"),
        ("red tea ", "red tea*"),
        ('"red tea" gre', '"red tea" gre*'),
        ('"red tea"', '"red tea"'),
        ('"red tea', '"red tea'),
        ("exam*", "exam*"),
        ("c++", "c++"),
        ("", ""),
    ],
)
def test_where_one_reads_the_last_word_may_be_a_beginning(typed, asked):
    assert begun(typed) == asked


def test_a_link_that_has_the_words_still_leads_on():
    address = "https://example.org/cafe"
    runs = marked(f"see {address}", [("message.body", 4), (link(address), len(address))], "cafe")
    assert [length for _, length in runs] == [4, len(address) - 4, 4]
    assert runs[-1][0] == Linked(STYLE, address)
    assert runs[0] == ("message.body", 4)


def test_links_beside_each_other_stay_apart():
    first, second = link("xmpp:bob@example.org"), link("xmpp:mia@example.org")
    runs = marked("bobbobtea", [(first, 3), (second, 3), ("message.body", 3)], "bobbobtea")
    assert [each.target for each, _ in runs[:2]] == [first.target, second.target]


def test_the_name_of_a_file_that_was_found_is_marked():
    file = Attachment(name="needle and thread.jpg", url="https://example.org/1")
    message = Message(id=1, body=file.url, time=1, more={"attachments": [file]})
    rows = lay_out(message, None, Look(80, UTF8, searched="needle")).rows
    found = [
        text for row in rows for style, text in row if STYLE in (style, getattr(style, "style", ""))
    ]
    assert found == ["needle"]
