"""What a caller wants an entry to be, checked and made its content."""

import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from backendd.api import records, text, wire
from backendd.api.errors import InvalidArgument, TooLarge
from backendd.api.records import NewEntry
from backendd.api.signature import Plain
from backendd.blog import as_markdown, markdown, plain, xhtml
from backendd.blog.atom import MOST, href_in
from backendd.core.entries import ENCLOSURE, LONGEST_TITLE, Content, Link, titled

LONGEST = 512 * 1024
"""Characters of a text."""

_LONGEST_SLUG = 40

_NOTHING = Content()
_NO_WORD = re.compile("[^a-z0-9]+")
_KEYS = {each.name: each.metadata["signature"] for each in fields(NewEntry)}


class Wanted:
    """A new entry, or what shall be different in one; see `NewEntry` for its keys.

    What isn't given stays as it is. InvalidArgument, TooLarge where it can be none.
    """

    def __init__(self, given: Mapping[str, Plain]) -> None:
        check(given)
        self._given = frozenset(given)
        self._new = wire.from_wire(NewEntry, given)

    @property
    def id(self) -> str:
        """Which entry is to be another; empty where it is a new one."""
        return self._new.id

    @property
    def based_on(self) -> str:
        """Of which version of the entry it is a change; empty: of whatever it is."""
        return self._new.based_on

    @property
    def comments(self) -> bool | None:
        """Whether there are to be comments on it; None where that isn't said."""
        return self._new.comments if "comments" in self._given else None

    @property
    def files(self) -> Sequence[str]:
        """The paths of files that are to go out with it, beside those that it has."""
        return self._new.files

    @property
    def markdown(self) -> str:
        """What it is written in, where that is Markdown."""
        return text.clean(self._new.markdown)

    def content(self, before: Content = _NOTHING, files: Sequence[Link] = ()) -> Content:
        """Return what the entry says from now on, and that it comes with more `files`.

        InvalidArgument, TooLarge. Long ones take a while.
        """
        content = self._with_text(before)
        if "title" in self._given:
            title = text.clean_line(self._new.title, limit=LONGEST_TITLE)
            content = replace(content, title=title)
        if "tags" in self._given:
            tags = [_tag(each) for each in self._new.tags]
            content = replace(content, tags=tuple(dict.fromkeys(filter(None, tags))))
        if "enclosures" in self._given:
            others = [each for each in content.links if each.rel != ENCLOSURE]
            content = replace(content, links=(*others, *self._enclosures(content)))
        content = replace(content, links=(*content.links, *files))
        if len(content.links) >= MOST:  # another one is where comments on it belong
            raise TooLarge(f"an entry has up to {MOST - 1} files and links")
        if not (content.title or content.text or content.xhtml or content.links):
            raise InvalidArgument("there is nothing to publish: the entry is empty")
        return titled(content)

    def _enclosures(self, before: Content) -> list[Link]:
        """Return the files of the web that it is to come with, and those of its own that stay."""
        known = [each for each in before.links if each.rel == ENCLOSURE]
        return [_file(each, known) for each in self._new.enclosures]

    def leaves_text(self, before: Content) -> bool:
        """Return whether its Markdown is what is made of the markup that an entry has.

        Then that stays, with all that Markdown has no word for. Long ones take a while.
        """
        if "markdown" not in self._given or not before.xhtml:
            return False
        return self.markdown.strip() == as_markdown.written(before.xhtml).strip()

    def _with_text(self, before: Content) -> Content:
        if "markdown" in self._given and not self.leaves_text(before):
            markup = markdown.render(self.markdown)
            return replace(before, text=_said(markup), xhtml=markup)
        if "body" in self._given:
            return replace(before, text=text.clean(self._new.body).strip(), xhtml="")
        return replace(before, xhtml=xhtml.with_images(before.xhtml))


def check(given: Mapping[str, Plain]) -> None:
    """Refuse what has other keys or types than a `NewEntry`, or is too long for one."""
    for name, value in given.items():
        if name not in _KEYS:
            raise InvalidArgument(f"an entry has no {name!r}; it has {', '.join(sorted(_KEYS))}")
        if not _fits(_KEYS[name], value):
            raise InvalidArgument(f"the {name!r} of an entry is of type {_KEYS[name]}")
    if "markdown" in given and "body" in given:
        raise InvalidArgument("an entry is written as markdown or as body, not as both")
    if any(len(str(given.get(name, ""))) > LONGEST for name in ("markdown", "body")):
        raise TooLarge(f"the text is too long: an entry has up to {LONGEST} characters")
    if len(given.get("tags", ())) > MOST:
        raise TooLarge(f"an entry has up to {MOST} tags")


def _fits(signature: str, value: Plain) -> bool:
    if signature != "aa{sv}":
        return wire.fits(signature, value)
    return isinstance(value, Sequence) and all(isinstance(each, Mapping) for each in value)


def _file(given: records.Enclosure, known: list[Link]) -> Link:
    """Return a file of an entry; the one of those that are `known` that it is is taken of them.

    What isn't said of that stays as it is. InvalidArgument.
    """
    href = text.clean_line(str(given.url))
    mime, title = (text.clean_line(str(each), limit=500) for each in (given.mime, given.title))
    found = _known(href, title, known)
    if found is not None:
        known.remove(found)
    elif "://" in href and href_in(href):
        found = Link(ENCLOSURE, href)
    else:
        raise InvalidArgument("an enclosure has the address of a file as its url")
    length = given.size or found.length
    return replace(found, type=mime or found.type, title=title or found.title, length=length)


def _known(href: str, title: str, known: Sequence[Link]) -> Link | None:
    """Return the file of this address, or without one that which has, or had, none and is so."""
    if href:
        return next((each for each in known if each.href == href), None)
    # What waited for its address when it was read may have one by now.
    named = sorted((each for each in known if each.title == title), key=lambda each: each.href)
    return named[0] if named else None


def new_id(title: str) -> str:
    """Return an id for a new entry, which says what it is about and is no other's."""
    plain_letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    slug = _NO_WORD.sub("-", plain_letters.lower())[:_LONGEST_SLUG].strip("-")
    return "-".join(filter(None, (slug, secrets.token_hex(4))))


def preview(written: str) -> tuple[str, str]:
    """Return Markdown as plain text, and as XHTML as it is read again. It may take a while."""
    if len(written) > LONGEST:
        raise TooLarge(f"the text is too long: an entry has up to {LONGEST} characters")
    markup = _as_read(markdown.render(text.clean(written)))
    return plain.to_text(markup), markup


def _said(markup: str) -> str:
    """Return the text for those who read no markup: of a picture it says where that is."""
    return plain.to_text(_as_read(markup))


def _as_read(markup: str) -> str:
    return xhtml.clean(xhtml.parse(markup)) if markup else ""


def _tag(given: str) -> str:
    """Return a tag without the sign that it is written with elsewhere."""
    return text.clean_line(given, limit=LONGEST_TITLE).lstrip("#").strip()
