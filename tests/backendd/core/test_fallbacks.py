"""Text that stands in for something else goes, and nothing beside it."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.core import fallbacks

MEANING = "urn:xmpp:reply:0"


def message(body, *notes):
    return ElementTree.fromstring(
        f"<message xmlns='jabber:client'><body>{body}</body>{''.join(notes)}</message>"
    )


def note(inside, meaning=MEANING):
    return f"<fallback xmlns='urn:xmpp:fallback:0' for='{meaning}'>{inside}</fallback>"


def said(stanza):
    return fallbacks.without(stanza, MEANING).findtext("{jabber:client}body")


def test_what_a_note_names_goes_and_the_rest_stays():
    assert said(message("&gt; is it?\nyes", note("<body start='0' end='9'/>"))) == "yes"


def test_places_are_counted_in_code_points():
    assert said(message("&gt; 👩‍💻?\nyes", note("<body start='0' end='7'/>"))) == "yes"


@pytest.mark.parametrize("inside", ["", "<body/>", "<subject/>", "<body end='3'/>"])
def test_a_note_without_places_takes_the_whole_text(inside):
    expected = "text" if inside == "<subject/>" else None
    assert said(message("text", note(inside))) == expected


def test_a_body_of_which_nothing_is_left_goes():
    assert said(message("gone ", note("<body start='0' end='4'/>"))) is None


def test_what_stands_in_for_something_else_stays():
    other = note("<body start='0' end='2'/>", "urn:xmpp:reactions:0")
    stanza = message("text", other)
    assert fallbacks.without(stanza, MEANING) is stanza


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("start='2' end='1'", "text"),
        ("start='-1' end='2'", "xt"),
        ("start='x' end='y'", "text"),
        ("start='9' end='99'", "text"),
    ],
)
def test_places_that_are_none_cost_nothing_else(places, expected):
    assert said(message("text", note(f"<body {places}/>"))) == expected


def test_what_is_gone_is_told_once_however_often_it_is_named():
    parts = "<body start='0' end='5'/>" * 3 + "<body start='3' end='9'/>"
    rest, gone = fallbacks.split(message("&gt; is it?\nyes", note(parts)), MEANING)
    assert (rest.findtext("{jabber:client}body"), gone) == ("yes", "> is it?\n")


def test_what_else_stands_in_is_the_same_text_where_something_before_it_is_gone():
    told = note("<body start='9' end='13'/>", meaning="urn:x:file")
    stanza = message("&gt; is it?\nhere\nyes", note("<body start='0' end='9'/>"), told)
    rest = fallbacks.without(stanza, MEANING)
    assert fallbacks.split(rest, "urn:x:file")[1] == "here"
    assert fallbacks.split(stanza, "urn:x:file")[1] == "here"


@given(st.text("ab", max_size=20), st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25))))
def test_a_part_is_what_is_left_of_it_wherever_something_else_is_gone(body, gone):
    parts = "".join(f"<body start='{start}' end='{end}'/>" for start, end in gone)
    told = note("<body start='5' end='12'/>", meaning="urn:x:file")
    marked = "".join("x" if any(a <= n < b for a, b in gone) else c for n, c in enumerate(body))
    left = fallbacks.without(message(body, note(parts or "<subject/>"), told), MEANING)
    assert fallbacks.split(left, "urn:x:file")[1] == marked[5:12].replace("x", "")
