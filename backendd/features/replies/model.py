"""Replies: what is told of the message that another one answers."""

from typing import TypedDict

from backendd.api.tuples import NamedTuple

KIND = "replies"

LONGEST_QUOTE = 500
"""Characters that a record repeats of the message answered."""

LONGEST_FALLBACK = 300
"""Characters of the message answered that go out before an answer, for those who know no better."""

COVERED = "(spoiler)"
"""What is quoted of a message that is to be seen only by who asks for it."""

IGNORED = "(ignored)"
"""What is quoted of a message of somebody of whom the user wants to see nothing."""


class Replied(TypedDict, total=False):
    """Keys of a message record: which message it answers, what that says, and who wrote it."""

    reply_to: int
    quote: str
    quote_sender: str
    quote_own: bool


class Answered(NamedTuple):
    """The message that one of ours answers: by what it is named, who wrote it, what it says.

    `author` is empty where that can't be said in its conversation.
    """

    name: str
    author: str
    body: str


def quotation(text: str) -> str:
    """Return a text as the lines that quote it (XEP-0393), cut where it is long."""
    cut = text[:LONGEST_FALLBACK].rstrip()
    shown = cut if len(cut) == len(text.rstrip()) else f"{cut}…"
    return "".join(f"> {line}\n" for line in shown.split("\n"))


def quoted(text: str) -> str | None:
    """Return what lines quote, None where one of them quotes nothing: then it is somebody's own."""
    lines = text.strip("\n").split("\n")
    if not all(line.startswith(">") for line in lines):
        return None
    return "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines)
