"""What the program looks like, as text: README.md's captures and docs/tour.md, from the snapshots.

The tests draw the snapshots, and hold them against what is drawn (`make snapshots` renews them).
"""

import re
from collections.abc import Iterator
from pathlib import Path

SNAPSHOTS = Path("tests/primitivus/snapshots")
_MARKED = re.compile(r"(<!-- capture: (\S+) -->\n).*?(<!-- end of it -->\n)", re.DOTALL)

# What is shown, the snapshot of it, and what to see there.
_TOUR = (
    ("What waits", "home.utf-8.80x15",
     "All that waits for you, in all profiles: who wrote and how it goes on, requests, files, what "
     "failed. Enter goes there, `+` and `-` answer."),
    ("A chat", "conversation.utf-8.80x24",
     "With an answer, code, reactions, what was edited, and a file. At the right end stands how "
     "far a message got."),
    ("Writing", "writing.utf-8.80x24", "The line grows; a second conversation keeps its own text."),
    ("What failed, what is new", "failed_and_unread.utf-8.80x24",
     "A message that was not sent says why, and what to do."),
    ("A room", "occupants.utf-8.84x14",
     "With those who are there, by their roles (`M-p`)."),
    ("Rooms", "rooms.utf-8.80x24",
     "Who invites you, where you are, what you keep, and where you were; keys act on each."),
    ("Two beside each other", "chat_beside_post.utf-8.100x29",
     "A chat and a post of a blog, or any two of what can be shown."),
    ("Blogs", "timeline.utf-8.80x24",
     "What was written in the blogs that you follow; how the marked post begins stands below."),
    ("A post that is written", "draft.utf-8.80x24", "It is looked at before others see it."),
    ("Files", "transfers.utf-8.80x24", "All of them, how far they are, and what went wrong."),
    ("Search", "search.utf-8.80x24", "In all conversations, with what was said around it."),
    ("Going anywhere", "switcher.utf-8.80x24",
     "`C-p` and some letters: people, rooms, blogs, commands, settings."),
    ("Help", "help_here.utf-8.80x24", "`F1`: the keys and commands that work where you are."),
    ("Completion", "completion.utf-8.80x24", "`Tab` shows what may stand here, explained."),
    ("Settings", "settings.utf-8.80x24", "Each is explained, and tried at once."),
    ("No connection", "offline.utf-8.80x24", "What is wrong and what to do stands above."),
    ("A small screen", "conversation.utf-8.60x16", ""),
    ("A very small one", "conversation.utf-8.20x5", ""),
    ("ASCII alone", "conversation.ascii.80x24", "`:theme ascii`, or `:set symbols ascii`."),
)  # fmt: skip


def readme(root: Path) -> str:
    """Return README.md with the captures that its marks name as they are now."""
    text = (root / "README.md").read_text(encoding="utf-8")
    return _MARKED.sub(lambda found: f"{found[1]}{_block(root, found[2])}{found[3]}", text)


def tour(root: Path) -> str:
    """Return docs/tour.md."""
    return "\n".join(_tour(root))


def _tour(root: Path) -> Iterator[str]:
    yield "# A tour\n"
    yield "<!-- Generated from tests/primitivus/snapshots by `make docs`. -->\n"
    yield "Views of the program, as the tests have drawn them. Colours are left out here: none says"
    yield "anything alone.\n"
    for title, snapshot, said in _TOUR:
        yield f"## {title}\n"
        if said:
            yield f"{said}\n"
        yield _block(root, snapshot)


def _block(root: Path, snapshot: str) -> str:
    shown = (root / SNAPSHOTS / f"{snapshot}.txt").read_text(encoding="utf-8")
    return f"```text\n{shown.rstrip()}\n```\n"
