"""What was written and nobody else keeps, in a file of one's own."""

import shutil
from functools import partial
from pathlib import Path

from primitivus.client.apart import apart


async def leave(text: str, name: str, at: Path | None = None) -> Path | None:
    """Return the file that has a text now: the one it is `at`, else a new one; None: none has."""
    return await apart(partial(_leave, text, name, at))


async def take_away(path: Path) -> None:
    """Have a file that `leave` made be no more, and its folder."""
    await apart(partial(shutil.rmtree, path.parent, ignore_errors=True))


def _leave(text: str, name: str, at: Path | None) -> Path | None:
    from tempfile import mkdtemp  # late, with all that it needs

    try:
        path = at or Path(mkdtemp(prefix="primitivus-")) / name
        path.write_text(text, encoding="utf-8")
    except OSError:
        return None
    return path
