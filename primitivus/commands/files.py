"""Completion of file names of this machine."""

import os
from collections.abc import Sequence
from pathlib import Path

from primitivus.commands.completions import Candidate

LIMIT = 200


def complete_path(prefix: str) -> Sequence[Candidate]:
    """Return the files and folders that `prefix` begins, as it is written, folders with a slash.

    Hidden ones only where the name begins with a dot. A folder that can't be read has none.
    """
    folder, name = os.path.split(prefix)
    written = prefix[: len(prefix) - len(name)]
    try:
        with os.scandir(Path(folder or ".").expanduser()) as entries:
            found = sorted(
                (entry.name + "/" if entry.is_dir() else entry.name)
                for entry in entries
                if entry.name.startswith(name)
                and (name.startswith(".") or not entry.name.startswith("."))
            )
    except OSError:
        return []
    except RuntimeError:  # pathlib's answer to `~nobody`
        return []
    return [Candidate(written + entry) for entry in found[:LIMIT]]
