"""What `jp watch` tells people of each signal: short lines, whoever wrote what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backendd.api.introspection import load_all
from jp.commands.watch.told import told
from jp.output import widths
from jp.output.table import line

BOB = "bob@example.org"


def said(event, **args):
    """Return the lines of an event, without when."""
    return [": ".join(filter(None, each)) for each in told(event, args)]


@pytest.mark.parametrize(
    ("event", "args", "lines"),
    [
        (
            "Messages.Changed",
            {"messages": [{"peer": BOB, "body": "hello"}, {"peer": BOB, "body": "there"}]},
            [f"message: {BOB}: hello", f"message: {BOB}: there"],
        ),
        (
            "Messages.Changed",
            {
                "messages": [
                    {"peer": "tea@x", "kind": "room", "sender": "tea@x/ann", "body": "bob?"}
                    | {"mention": True}
                ]
            },
            ["mention: ann in tea@x: bob?"],
        ),
        (
            "Messages.Changed",
            {"messages": [{"peer": BOB, "attachments": [{"name": "a.png", "size": 2000}]}]},
            [f"message: {BOB}: (file: a.png (2 kB))"],
        ),
        (
            "Messages.Changed",
            {"messages": [{"peer": BOB, "direction": "out", "body": "hi", "state": "sent"}]},
            [f"message: you to {BOB}: hi (sent)"],
        ),
        (
            "Messages.Changed",
            {
                "messages": [
                    {"peer": BOB, "direction": "out", "body": "hi", "state": "failed"}
                    | {"error": ("NotAllowed", "it is blocked")}
                ]
            },
            [f"failed: you to {BOB}: hi (not sent: it is blocked)"],
        ),
        (
            "Messages.ConversationsChanged",
            {"conversations": [{"peer": BOB, "name": "Bob", "unread": 2, "mentions": 1}]},
            ["unread: Bob: 2 unread, 1 mentions"],
        ),
        (
            "Roster.Changed",
            {"contacts": [{"jid": BOB, "show": "away", "status": "tea"}, {"jid": "ann@x"}]},
            [f"presence: {BOB}: away: tea", "presence: ann@x: offline"],
        ),
        (
            "Rooms.OccupantsChanged",
            {
                "room": "tea@x",
                "changed": [{"nick": each} for each in "abcde"],
                "left": [{"nick": "f", "cause": "kicked", "reason": "noise"}],
            },
            ["occupants: tea@x: a, b, c and 2 more there, f (kicked: noise) gone"],
        ),
        (
            "Files.Changed",
            {
                "transfers": [
                    {"peer": BOB, "name": "a.png", "size": 200, "done": 100, "state": "running"}
                ]
            },
            [f"file: {BOB}: a.png running, 50 %"],
        ),
        ("Profile.PropertiesChanged", {"changed": {"State": "online"}}, ["state: online"]),
        ("Messages.Removed", {"peer": BOB, "ids": [1]}, [f"messages.removed: peer: {BOB}; ids: 1"]),
    ],
)
def test_an_event_is_told_in_short_lines(event, args, lines):
    assert said(event, **args) == lines


def test_an_event_of_each_signal_can_be_told_however_little_it_says():
    for name, interface in load_all().items():
        short = name.rpartition(".")[2]
        for signal in interface.signals.values():
            args = {each.name: "" if each.signature == "s" else [{}] for each in signal.args}
            assert isinstance(said(f"{short}.{signal.name}", **args), list)


@given(st.text(max_size=200), st.sampled_from(["message", "mention", "failed"]))
def test_each_is_one_line_that_fits(text, kind):
    for coloured in (False, True):
        printed = line(("12:00:00", kind, text), is_terminal=True, is_coloured=coloured)
        assert "\n" not in printed
    plain = line(("12:00:00", kind, text), is_terminal=True, is_coloured=False)
    assert widths.width(plain) <= widths.columns()
