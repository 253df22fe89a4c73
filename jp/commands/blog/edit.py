"""`jp blog edit`."""

import sys
from collections.abc import Mapping

from backendd.api.signature import Plain
from jp.command import command
from jp.commands.blog.written import open_files, publish
from jp.failures import UsageError
from jp.kinds.entries import EntryAddress
from jp.kinds.files import OpenedFile
from jp.kinds.numbers import Wait
from jp.kinds.texts import Body, Token
from jp.session import Session

_MARKUP = "It has markup that Markdown has no word for, which is lost; publish it?"


@command
async def edit(
    session: Session,
    entry: EntryAddress,
    text: Body | None = None,
    *,
    title: str | None = None,
    tag: list[str] | None = None,
    file: list[OpenedFile] | None = None,
    comments: bool | None = None,
    plain: bool = False,
    token: Token | None = None,
    wait: Wait | None = None,
) -> None:
    """Change an entry of yours; what is not given stays as it is.

    Where nothing is given its text is opened in $VISUAL or $EDITOR. What somebody has changed in
    it meanwhile is never written over.

    title: one line
    tag: what it is about, in the place of what it was about; an empty one takes all away
    file: a file that it comes with as well
    comments: whether there are to be comments
    plain: the text is no Markdown: it stays as it is
    token: any text: the same one again changes nothing more, for seven days
    wait: return when it is published; at most so long (a minute where nothing is said)

    $ jp blog edit a1b2 --tag beans --tag peas
    """
    service, node, id = entry
    source, is_lossy = await session.blog.source(service, node, id)
    changes: dict[str, Plain] = {"id": id, "based_on": source.get("based_on", "")}
    if text is not None:
        # What a record holds tells its type on the bus.
        changes["body" if plain else "markdown"] = str(text)
    if title is not None:
        changes["title"] = title
    if tag is not None:
        changes["tags"] = [each for each in tag if each]
    if comments is not None:
        changes["comments"] = comments
    files = open_files(file or ())
    if len(changes) > 2 or files:
        await publish(session, (service, node), changes, files, token=token or "")
    elif not await _edit(session, entry, changes, source, is_lossy=is_lossy, token=token or ""):
        session.out.note("nothing was changed")
        return
    session.begun = "the change is stored, and is published as soon as that is possible"
    if wait is not None:
        from jp.commands.blog.settling import settle

        await settle(session, entry, wait)


async def _edit(
    session: Session,
    entry: tuple[str, str, str],
    changes: dict[str, Plain],
    source: Mapping[str, Plain],
    *,
    is_lossy: bool,
    token: str,
) -> bool:
    """Have the text of an entry edited and publish it; return whether it is another one."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("what is to be different?", "blog edit")
    from jp.commands.blog.editor import edited

    key = "markdown" if "markdown" in source else "body"
    before = str(source.get(key) or "")
    with edited(session, before, "entry.md" if key == "markdown" else "entry.txt") as text:
        if text == before.removesuffix("\n"):
            return False
        if is_lossy:
            session.confirm(_MARKUP)
        await publish(session, entry[:2], {**changes, key: text}, (), token=token)
    return True
