"""Templates: where they are found, what they make of records, and what they can't do."""

import pytest

from jp.failures import Failure, UsageError
from jp.output.template_names import names
from jp.output.templates import render, require

MESSAGES = [
    {"id": 1, "time": 1_700_000_000_000_000, "peer": "bob@example.org", "sender": "bob@example.org"}
    | {"body": "<script>alert(1)</script> *stars*\nand a line"},
    {"id": 2, "time": 1_700_000_060_000_000, "peer": "bob@example.org", "sender": "me@example.org"}
    | {"retracted": True},
]


@pytest.fixture(autouse=True)
def own(monkeypatch, tmp_path):
    """The folder of a user's own templates."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "primitivus" / "templates"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize("name", ["conversation.txt", "conversation.md", "conversation.html"])
def test_a_conversation_becomes_a_text_of_each_kind(name):
    said = render(name, MESSAGES)
    assert "and a line" in said
    assert "(retracted)" in said
    assert render(name, []) is not None


def test_what_others_write_is_no_markup_in_a_page():
    said = render("conversation.html", MESSAGES)
    assert "<script>" not in said
    assert "&lt;script&gt;" in said


def test_a_roster_becomes_cards():
    contact = {"jid": "o'b@example.org", "name": "Bob; the builder", "groups": ["tea, cake"]}
    said = render("roster.vcf", [contact])
    assert "FN:Bob\\; the builder\n" in said
    assert "CATEGORIES:tea\\, cake\n" in said
    assert said.startswith("BEGIN:VCARD\nVERSION:4.0\n")


def test_a_template_of_ones_own_comes_before_ours(own):
    (own / "conversation.txt.j2").write_text("{{ records | length }} of mine")
    assert render("conversation.txt", MESSAGES) == "2 of mine"
    assert "conversation.txt" in names()


def test_a_file_is_a_template_as_well(tmp_path):
    (tmp_path / "one.j2").write_text("{{ records[0].sender | node }}, {{ records[0].time | utc }}")
    assert render("./one.j2", MESSAGES) == "bob, 2023-11-14T22:13:20Z"


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ records.append(1) }}",
        "{{ records[0].__init__.__globals__ }}",
        "{% for %}",
        "{{ nothing.at.all }}",
        "{{ 1 / 0 }}",
        "{{ records[0].body | time }}",
        "{% include 'elsewhere' %}",
    ],
)
def test_what_it_may_not_or_can_not_do_is_told_in_a_sentence(tmp_path, text):
    (tmp_path / "bad.j2").write_text(text)
    with pytest.raises(Failure) as raised:
        render("./bad.j2", MESSAGES)
    assert "\n" not in str(raised.value)


def test_one_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(UsageError, match=r"conversation\.html"):
        require("konversation")
