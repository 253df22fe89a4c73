"""Pictures and sounds that come inside of a form, as files to open while it is filled in."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from backendd.api.descriptors import Descriptor
from backendd.api.errors import BackendError, UnknownItem
from backendd.api.failures import LinkError
from backendd.api.records import Form, FormField, FormMedia
from backendd.api.values import Value
from primitivus.client.apart import apart
from primitivus.sentences import tr

Get = Callable[[str], Awaitable[Descriptor]]
"""Returns what an address of the form cid:NAME means."""


async def _nothing(uri: str) -> Descriptor:
    raise UnknownItem(tr('nothing is known of "{uri}"', uri=uri))


class Asker(Value):
    """Whoever asks with a form: gives what comes inside of it, and another one with new pictures.

    What is shown in a picture counts once; whoever has no other form is answered as often as it
    takes.
    """

    media: Get = _nothing
    anew: Callable[[], Awaitable[Form]] | None = None


_MOST = 10
# By these endings a viewer knows them; nothing that is run by its ending is among them.
_ENDINGS = {
    "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp",
    "audio/ogg": ".ogg", "audio/wav": ".wav", "audio/x-wav": ".wav", "audio/mpeg": ".mp3",
}  # fmt: skip


@asynccontextmanager
async def as_files(form: Form, get: Get) -> AsyncIterator[Form]:
    """Give the form with the addresses of files for what came inside; these are gone afterwards.

    What can't be had keeps its address.
    """
    inside = {each.uri: each for field in form.fields for each in field.media if _is_inside(each)}
    if not inside:
        yield form
        return
    # Nobody else on this machine may look, nor put another picture there.
    with tempfile.TemporaryDirectory(prefix="primitivus-", dir=_runtime()) as directory:
        kept = [
            _save(get, each, Path(directory, f"{number}{_ENDINGS.get(each.mime, '')}"))
            for number, each in enumerate(list(inside.values())[:_MOST], 1)
        ]
        files = dict(zip(inside, await asyncio.gather(*kept), strict=False))
        yield replace(form, fields=[_with_files(each, files) for each in form.fields])


async def _save(get: Get, media: FormMedia, path: Path) -> str:
    """Return the address of the file that has it, else its own."""
    try:
        with await get(media.uri) as file:
            await apart(partial(_copy, file, path))
    except (BackendError, LinkError, OSError):
        return media.uri
    return path.as_uri()


def _copy(file: Descriptor, path: Path) -> None:
    with os.fdopen(os.dup(file.fileno()), "rb") as opened:
        path.write_bytes(opened.read())


def _with_files(field: FormField, files: Mapping[str, str]) -> FormField:
    if not any(map(_is_inside, field.media)):
        return field
    media = [replace(each, uri=files.get(each.uri, each.uri)) for each in field.media]
    return replace(field, media=media)


def _is_inside(media: FormMedia) -> bool:
    return media.uri.lower().startswith("cid:")


def _runtime() -> str | None:
    """Return the directory for what lives as long as the session, which is no disk."""
    directory = os.environ.get("XDG_RUNTIME_DIR", "")
    return directory if os.access(directory, os.W_OK) else None
