"""What people read of a message in a list: all that a view of it would show."""

import pytest

from jp.commands.message.columns import COLUMNS
from jp.commands.message.told import text
from jp.output.styles import MENTION
from jp.output.table import rows

ANN, BOB, ROOM = "ann@example.org", "bob@example.org", "tea@rooms.example.org"
AT = 1_780_000_000_000_000
FILE = {"name": "cat.png", "size": 2000, "url": "https://example.org/cat.png"}


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"body": "hello"}, "hello"),
        ({"body": "/me waters", "nick": "ann"}, "* ann waters"),
        (
            {"body": "/me waters", "sender": f"{ROOM}/mia", "kind": "room"},
            "* mia waters",
        ),
        (
            {"body": "yes", "quote": "many words that say a lot, and then more and more of it"},
            "> many words that say a lot, and then more and more of it\nyes",
        ),
        ({"body": "yes", "quote": "w" * 80}, f"> {'w' * 57}…\nyes"),
        ({"body": "a call came", "type": "system"}, "[a call came]"),
        ({"retracted": True}, "(retracted)"),
        (
            {"retracted": True, "moderated": True, "retracted_by": f"{ROOM}/mia", "reason": "no"},
            "(retracted by mia, a moderator: no)",
        ),
        ({"body": "noise", "ignored": True}, "(of somebody whom you ignore)"),
        ({"body": "milk", "edited": True}, "milk\n(edited)"),
        (
            {"body": "milk", "edited": True, "edited_pending": True},
            "milk\n(edited, which waits to be sent)",
        ),
        (
            {"body": "yes", "reply_to": 3, "quote": "tea\nor not?", "quote_sender": f"{ROOM}/mia"},
            "> mia: tea or not?\nyes",
        ),
        (
            {"body": "yes", "reply_to": 3, "quote": "tea?", "quote_own": True},
            "> you: tea?\nyes",
        ),
        ({"body": "yes", "reply_to": 3, "quote_sender": BOB}, f"> {BOB}: (retracted)\nyes"),
        ({"body": "yes", "quote": "as they say"}, "> as they say\nyes"),
        ({"body": FILE["url"], "attachments": [FILE]}, f"file: cat.png (2 kB): {FILE['url']}"),
        (
            {
                "body": f"look\n{FILE['url']}",
                "attachments": [{**FILE, "description": "a\ncat"}, {"name": "b.txt"}],
            },
            f"look\nfile: cat.png (2 kB): a cat: {FILE['url']}\nfile: b.txt",
        ),
        (
            {
                "body": "hi",
                "reactions": {"👍": [BOB, ANN], "🙂": [ANN]},
                "reactions_own": {"👍": ANN},
            },
            f"hi\n👍 2 {BOB}, you  🙂 {ANN}",
        ),
        (
            {"body": "hi", "reactions": {"👍": [f"{ROOM}/{each}" for each in "abcd"]}},
            "hi\n👍 4",
        ),
        (
            {
                "body": "hi",
                "reactions": {"👍": [ANN]},
                "reactions_own": {"👍": ANN},
                "reactions_pending": ["👍"],
            },
            "hi\n👍 you (waits to be sent)",
        ),
        (
            {"id": 7, "body": "he did it", "spoiler": True, "spoiler_about": "the end"},
            "(spoiler: the end; `jp message get 7` prints it)",
        ),
        (
            {"id": 7, "body": "long", "truncated": True},
            "long\n(cut; `jp message get 7` prints all of it)",
        ),
        ({"body": "?", "attention": True}, "(asks for your attention)\n?"),
        ({"body": "hi", "gap": True}, "(before this one some may be missing)\nhi"),
        ({"body": "hi", "state": "failed", "error": ("Timeout", "")}, "hi\n(not sent: Timeout)"),
        ({"body": "hi", "time": AT, "received": AT + 1_000_000}, "hi"),
    ],
)  # fmt: skip
def test_a_text_tells_what_a_message_says_and_what_became_of_it(message, said):
    assert text(message) == said


def test_one_of_another_day_says_when_it_came():
    said = text({"body": "hi", "time": AT, "received": AT + 3 * 86_400_000_000})
    assert said.startswith("(came 20")
    assert said.endswith(")\nhi")


def printed(messages, *, is_coloured=False):
    return "\n".join(rows(messages, COLUMNS, is_terminal=False, is_coloured=is_coloured))


def test_who_is_mentioned_sees_it_without_colours_and_with_them():
    others = {"id": 1, "time": AT, "nick": "ann", "state": "read", "body": "hello"}
    mine = {**others, "id": 2, "body": "bob?", "mention": True}
    heading, first, second = printed([others, mine]).splitlines()
    assert heading.split() == ["ID", "TIME", "FROM", "TO", "STATE", "TEXT"]
    assert "you" not in first
    assert second.split()[-3:] == ["you", "read", "bob?"]
    assert "TO" not in printed([others])
    assert f"\x1b[{MENTION}myou\x1b[m" in printed([others, mine], is_coloured=True)
