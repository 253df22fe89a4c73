"""A text in the editor of the user."""

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from backendd.api.errors import FileError
from backendd.api.regular import opened
from jp.failures import Failure
from jp.session import Session


@contextmanager
def edited(session: Session, text: str, name: str) -> Iterator[str]:
    """Yield a text as it comes out of $VISUAL, $EDITOR, or else the editor of Debian; Failure.

    By the ending of its `name` the editor knows what it is. Where what is done with the text fails,
    what was written stays, and it is told where.
    """
    folder = Path(mkdtemp(prefix="jp-"))
    path = folder / name
    try:
        path.write_text(text, encoding="utf-8")
        _run(path)
        yield _read(path).removesuffix("\n")
    except BaseException:
        if _is_changed(path, text):
            session.out.note(f"what was written is in {path}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)


def _run(path: Path) -> None:
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "editor"
    # Ctrl-C is of the editor while that is there; a handler, unlike SIG_IGN, is not inherited.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        status = subprocess.call([*shlex.split(command), str(path)])
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Failure(f'"{command}" can\'t be run ({why}): $EDITOR names another') from None
    finally:
        signal.signal(signal.SIGINT, before)
    if status:
        raise Failure(f'nothing was published: "{command}" ended with {status}')


def _read(path: Path) -> str:
    try:
        with opened(str(path), str(path), "read") as file:
            return Path(f"/proc/self/fd/{file.fileno()}").read_bytes().decode()
    except (OSError, FileError) as error:
        raise Failure(f"what was written can't be read: {error}") from None
    except UnicodeDecodeError:
        raise Failure("what was written is no text in UTF-8") from None


def _is_changed(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() != text.encode()
    except OSError:
        return False
