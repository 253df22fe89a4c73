"""Tables and paragraphs fit each terminal, and lose no value that is not to be cut."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backendd.api.text import clean
from jp import groups
from jp.__main__ import main
from jp.output import widths
from jp.output.paragraph import lines
from jp.output.table import rows

WIDTHS = range(20, 201)
KEYS = ("jid", "name", "state", "unread", "time", "from", "kind", "subject", "text")
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text("ab ä好🙂\u0301\n\t-", max_size=120),
    st.integers(0, 2**50),
    st.booleans(),
    st.lists(st.text("ab c", max_size=9), max_size=4),
)
RECORDS = st.lists(st.dictionaries(st.sampled_from(KEYS), TEXTS), min_size=1, max_size=4)
CONTACT = {
    "jid": "a.rather.long.name@conference.example.org",
    "name": "Benvolio Montague",
    "groups": ["Verona", "friends"],
    "subscription": "both",
    "show": "online",
    "status": "in the garden, where the roses are, and back before the sun is up",
}


@pytest.fixture(params=WIDTHS)
def columns(request, monkeypatch):
    """How wide the terminal is."""
    monkeypatch.setenv("COLUMNS", str(request.param))
    return request.param


@settings(max_examples=12)
@given(records=RECORDS, count=st.integers(1, len(KEYS)))
def _fit(columns, records, count):
    for coloured in (False, True):
        table = rows(records, KEYS[:count], is_terminal=True, is_coloured=coloured)
        _check([re.sub(r"\x1b\[[0-9;]*m", "", each) for each in table], columns)
    for record in records:
        _check(list(lines(record, (), is_terminal=True)), columns)


def _check(said, columns):
    assert all(widths.width(each) <= columns for each in said), said


def test_no_line_is_longer_than_the_terminal(columns):
    _fit(columns)


def test_no_word_of_a_table_is_broken_that_fits(columns):
    said = "\n".join(rows([CONTACT, CONTACT], tuple(CONTACT), is_terminal=True))
    if columns >= len(CONTACT["jid"]) + 2:
        assert CONTACT["jid"] in said
    for word in CONTACT["status"].split():
        assert re.search(rf"(^|\s){re.escape(word)}(\s|$)", said, re.MULTILINE)


def test_where_it_is_narrow_each_value_stands_by_its_name(monkeypatch):
    monkeypatch.setenv("COLUMNS", "22")
    contact = {"jid": "bob@example.org", "name": "Bob", "status": "at home"}
    said = list(rows([contact, contact], ("jid", "name", "status"), is_terminal=True))
    one = ["jid", "  bob@example.org", "name", "  Bob", "status", "  at home"]
    assert said == [*one, "", *one]


@pytest.mark.parametrize("command", groups.every(), ids=lambda each: each.words)
def test_help_fits_a_narrow_terminal(command, capsys, monkeypatch):
    for columns in (20, 31, 39, 57):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert main([*command.words.split(), "--help"]) == 0
        said = capsys.readouterr().out
        assert max(map(len, said.splitlines())) <= columns


@given(RECORDS)
def test_what_goes_into_a_pipe_is_never_cut(records):
    said = list(rows(records, ("jid", "text"), is_terminal=False, heading=False))
    for record in records:
        if isinstance(text := record.get("text"), str):
            for line in clean(text).split("\n"):
                assert any(line.rstrip() in each for each in said)
