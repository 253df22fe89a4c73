"""Quoting what others write in a post of one's own."""

import re

from backendd.api.records import Entry
from primitivus.commands.arguments.which_entry import meant_entry
from primitivus.commands.blogs.publishing import compose
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.model.blogs.discussion import commented
from primitivus.model.blogs.entry_links import web_address
from primitivus.model.blogs.post_titles import UNTITLED, title
from primitivus.sentences import tr

# What would be markup in a name or a title.
_MARKS = re.compile(r"([\\`*_\[\]<>~|])")
# A longer post is quoted by how it begins.
_LONGEST = 4000
_RE = "Re:"


@command("quote-post")
async def quote_post(ctx: Context) -> None:
    """Write a post of your own that quotes the one that is shown or marked, or the marked comment.

    It is written in your editor, as with :publish, and names the author with a link; its title is
    that of what it quotes, behind "Re:", until you write another one. It is kept as a draft also
    where you write nothing to it.
    """
    meant = meant_entry(ctx)
    entry = {"title": _answering(meant.entry), "markdown": quotation(meant.entry)}
    await compose(ctx, meant.pane.place, entry, is_begun=True)


def quotation(entry: Entry) -> str:
    """Return the Markdown that quotes an entry: by whom and from where, and what it says."""
    name = _plain(entry.author_name or entry.author or entry.service)
    link = web_address(entry) or entry.uri
    on = commented(entry)
    where = title(entry) if on is None else _on(on.title)
    said = (entry.body or entry.title).strip()
    if len(said) > _LONGEST:
        said = f"{said[:_LONGEST].rstrip()}…"
    lines = "\n".join(f"> {line}".rstrip() for line in said.split("\n"))
    return f"{name}, [{_plain(where)}](<{link}>):\n\n{lines}\n\n"


def _on(title: str) -> str:
    return tr('on "{title}"', title=title) if title else tr("on a post")


def _answering(entry: Entry) -> str:
    """Return the title of what quotes an entry; nothing where that has no name."""
    on = commented(entry)
    called = " ".join((title(entry) if on is None else on.title).split())
    if called in ("", UNTITLED):
        return ""
    return called if called.casefold().startswith(_RE.casefold()) else f"{_RE} {called}"


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
