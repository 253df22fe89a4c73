"""What was written and nobody else keeps, in a file of one's own."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from primitivus.client.apart import apart
from primitivus.model.messages.chat import Chat
from primitivus.model.state import State

if TYPE_CHECKING:
    from primitivus.model.blogs.comment_drafts import CommentDraft


async def leave(text: str, name: str, at: Path | None = None) -> Path | None:
    """Return the file that has a text now: the one it is `at`, else a new one; None: none has."""
    return await apart(partial(_leave, text, name, at))


async def leave_typed(state: State) -> None:
    """Have files have what was typed in conversations and to posts and no backend keeps.

    What was typed in a profile that is locked is for nobody to read.
    """
    from primitivus.model.blogs.comment_drafts import CommentDrafts  # late: the program ends

    for account in state.accounts.values():
        if account.is_withheld:
            continue
        chats, comments = account.chats.values(), account.of(CommentDrafts).all().values()
        found: list[tuple[Chat | CommentDraft, str, str]] = [
            *((each, each.drafted, "message.txt") for each in chats),
            *((each, each.drafted.text, "comment.txt") for each in comments),
        ]
        unsaved = [(text, name) for each, text, name in found if each.has_unsaved_draft]
        unsaved += [(each.correction, "correction.txt") for each in chats]
        for text, name in unsaved:
            if text.strip():
                path = await leave(text, name)
                state.left.put(path, path)


async def take_away(path: Path) -> None:
    """Have a file that `leave` made be no more, and its folder."""
    await apart(partial(_remove, path.parent))


def _remove(folder: Path) -> None:
    from shutil import rmtree  # late, with all that it needs

    rmtree(folder, ignore_errors=True)


def _leave(text: str, name: str, at: Path | None) -> Path | None:
    from tempfile import mkdtemp  # late, with all that it needs

    try:
        path = at or Path(mkdtemp(prefix="primitivus-")) / name
        path.write_text(text, encoding="utf-8")
    except OSError:
        return None
    return path
