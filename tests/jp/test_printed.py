"""What the options take that say how something is printed, before anything is done."""

import pytest

from jp import groups
from jp.__main__ import main
from jp.command import ANYTHING
from jp.keys import keys_of
from jp.output.template_names import names

LIST = ("message", "list", "bob@example.org")


@pytest.fixture(autouse=True)
def nowhere(monkeypatch, tmp_path):
    """Have no bus: what could be understood ends with 4."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nowhere")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*LIST, "--fields", "bodi"), "no key 'bodi'; did you mean body?"),
        ((*LIST, "--fields", "id,zzzz"), "no key 'zzzz'; there are "),
        ((*LIST, "--fields", ","), "',' has an empty key"),
        ((*LIST, "--fields", "id,"), "'id,' has an empty key"),
        ((*LIST, "--fields="), "--fields takes a value"),
        (("profile", "list", "--fields", "name"), "did you mean Name?"),
        (("message", "edit", "1", "x", "--fields", "id"), "`jp message edit` prints no records"),
        (("call", "Messages.Search", "x", "--fields", "snipet"), "did you mean snippet?"),
        (("call", "Messages.List", "a@b", "--fields", "message"), "did you mean messages?"),
        (("call", "Profile.Name", "--fields", "Nam"), "did you mean Name?"),
        (("watch", "--fields", "evnt"), "did you mean event?"),
        (("watch", "Messages.Changed", "--fields", "transfers"), "there is no key 'transfers'"),
        (("watch", "Messages", "--fields", "room"), "there is no key 'room'"),
        ((*LIST, "--json", "--template", "conversation.txt"), "either --template or --json"),
        ((*LIST, "--fields", "id", "--template", "roster.vcf"), "either --template or --fields"),
        ((*LIST, "--template", "konversation"), "there are " + ", ".join(names())),
        ((*LIST, "--template", ""), "--template takes a value"),
    ],
)
def test_what_can_not_be_printed_is_wrong_usage_before_anything_is_done(words, said, capsys):
    assert main(words) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert not printed.out


@pytest.mark.parametrize(
    "words",
    [
        (*LIST, "--fields", "id, body"),
        ("message", "search", "tea", "--fields", "snippet,body"),
        ("presence", "list", "--fields", "jid,resource"),
        ("call", "Roster.List", "--fields", "jid"),
        ("call", "Profile.Settings", "--fields", "nickname"),
        ("watch", "--fields", "event,profile,messages"),
        ("watch", "Messages.Changed", "--fields", "event,messages,peer"),
        ("watch", "Messages", "Rooms.Removed", "--fields", "rooms,conversations"),
        ("watch", "Profile", "--fields", "changed"),
        ("service", "search", "a.example", "--fields", "anything"),
        (*LIST, "--json", "--fields", "id"),
        (*LIST, "--template", "conversation.html"),
    ],
)
def test_what_can_be_is_not(words, capsys):
    assert main(words) == 4


@pytest.mark.parametrize("command", groups.every(), ids=lambda each: each.words)
def test_what_a_command_prints_is_in_the_contract(command):
    if callable(command.prints):
        return
    known = keys_of(command)
    assert (known is None) == (command.prints == ANYTHING)


def candidates(capsys, *words):
    """Return what may stand in the place of the last word."""
    assert main(["--complete", *words]) == 0
    return [line.partition("\t")[0] for line in capsys.readouterr().out.splitlines()]


def test_keys_and_templates_are_completed(capsys):
    assert candidates(capsys, *LIST, "--fields", "bo") == ["body"]
    assert candidates(capsys, *LIST, "--fields", "id,bo") == ["id,body"]
    assert candidates(capsys, *LIST, "--fields=id,bo") == ["--fields=id,body"]
    assert "id,id" not in candidates(capsys, *LIST, "--fields", "id,i")
    assert candidates(capsys, "call", "Profile.Name", "--fields", "") == ["Name"]
    assert candidates(capsys, "call", "--fields", "") == []
    assert candidates(capsys, *LIST, "--template", "") == [*names(), ":files"]
    assert candidates(capsys, *LIST, "--template=conversation.h") == [
        "--template=conversation.html",
        ":files",
    ]
    assert candidates(capsys, "profile", "set", "--ca-file=a") == [":files"]


@pytest.mark.parametrize("group", ["message", "blog"])
def test_a_search_for_nothing_is_wrong_usage(group, capsys):
    assert main([group, "search", " "]) == 2
    assert "which words?" in capsys.readouterr().err
