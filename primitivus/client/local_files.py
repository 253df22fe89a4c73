"""Looking at the files of this machine that a post is to come with."""

import os
from collections.abc import Iterable
from functools import partial

from backendd.api import regular
from backendd.api.errors import FileError
from primitivus.client.apart import apart
from primitivus.model.files.local_files import LocalFiles
from primitivus.sentences import tr


async def look(paths: Iterable[str]) -> LocalFiles:
    """Return how they are now."""
    return await apart(partial(_look, list(paths)))


def _look(paths: list[str]) -> LocalFiles:
    sizes: dict[str, int] = {}
    problems: list[str] = []
    for path in dict.fromkeys(paths):
        try:
            if os.path.isdir(path):
                os.scandir(path).close()  # it stands for the files in it
                continue
            with regular.opened(path, f'"{path}"', "published") as file:
                sizes[path] = os.fstat(file.fileno()).st_size
        except FileError as error:
            problems.append(tr("File: {why}", why=error))
        except OSError as error:
            problems.append(
                tr('File: "{path}" can\'t be read: {why}', path=path, why=error.strerror)
            )
    return LocalFiles(sizes, tuple(problems))
