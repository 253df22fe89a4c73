"""A post as one writes it in an editor: a head of lines, a blank line, and what it says."""

import re
from collections.abc import Callable, Mapping

from backendd.api.records import Draft
from backendd.api.signature import Plain
from backendd.api.values import Value
from primitivus.model.blogs.post_drafts import is_empty
from primitivus.model.wording.enumerating import joined
from primitivus.sentences import tr

Entry = Mapping[str, Plain]

_ANEW = ("markdown", "body", "files", "enclosures")
_SWITCH = {"on": True, "off": False}
_MARKUP = {"markdown": "markdown", "plain": "body"}
# One of several tags: in quotes, which stand there twice each, or up to the next comma.
_TAG = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?:,|$)|([^,]+)(?:,|$)|,)')
# What a file says instead of its address that has none yet.
_WAITS = "on its way"
# A file that is none of this machine: what it is called, and where it is. No path looks so.
_ELSEWHERE = re.compile(r"(.*?)\s*<([^<>\s]+://[^<>\s]+)>")


class Written(Value):
    """What was written: where it goes, what `Publish` takes, and what can't be understood."""

    service: str
    node: str
    entry: Entry
    problems: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether it says nothing."""
        return is_empty(self.entry)


def write(draft: Draft, own: str) -> str:
    """Return the text of a draft to be edited; `own` is the address of one's own blog."""
    entry = draft.entry
    head = [
        f"Title: {_said(entry, 'title')}",
        f"Tags: {', '.join(map(_tag, map(str, entry.get('tags', ()))))}",
        f"Comments: {'on' if entry.get('comments', True) else 'off'}",
    ]
    head += [f"File: {_elsewhere(each)}" for each in entry.get("enclosures", ())]
    head += [f"File: {each}" for each in entry.get("files", ()) or ("",)]
    if not entry.get("id"):
        head.append(f"Blog: {draft.service or own} {draft.node}".rstrip())
    if "body" in entry:
        head.append("Text: plain")
    said = _said(entry, "body") or _said(entry, "markdown")
    return "\n".join(each.rstrip() for each in head) + f"\n\n{said}"


def read(text: str, before: Draft, own: str) -> Written:
    """Return what was written of a draft that was so before.

    What is no line of a head stays, in front of what it says. A head that isn't there leaves what
    the draft had; who leaves nothing at all writes nothing.
    """
    if not text.strip():
        return Written(before.service, before.node, {})
    reader = _Reader(before, own)
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    if ":" not in lines[0]:
        end = 0  # it has no head
    for number, line in enumerate(lines[:end], 1):
        reader.take(number, line)
    return reader.written("\n".join(lines[end:]).strip("\n"))


class _Reader:
    """Takes one line of a head after the other."""

    def __init__(self, before: Draft, own: str) -> None:
        self._own = own
        self._service, self._node = before.service, before.node
        self._entry = dict(before.entry)
        self._text = "body" if "body" in before.entry else "markdown"
        self._files: list[str] = []
        # Those that it has already, as each is written, and those of them that stay.
        self._had = [(_elsewhere(each), each) for each in before.entry.get("enclosures", ())]
        self._kept: list[Entry] = []
        # What is wrong, by the line where that begins.
        self._problems: dict[int, str] = {}
        self._left: list[str] = []
        # Those one below the other that are no lines of a head: the first, and how many.
        self._strange: list[str] = []
        # In which line each word stands.
        self._seen: dict[str, int] = {}
        self._known: Mapping[str, Callable[[str], str]] = {
            "title": self._title, "tags": self._tags, "comments": self._comments,
            "file": self._file, "blog": self._blog, "text": self._markup,
        }  # fmt: skip

    def take(self, number: int, line: str) -> None:
        """Take a line in, or note what is wrong with it."""
        said, colon, value = line.partition(":")
        name = said.strip().casefold() if colon else ""
        if name not in self._known:
            self._strange.append(line)
            self._problems[number - len(self._strange) + 1] = self._none(number)
            self._left.append(line)
            return
        self._strange.clear()
        if (first := self._seen.setdefault(name, number)) != number and name != "file":
            why = tr("it stands in line {first} already: only one of them can be", first=first)
        else:
            why = self._known[name](value.strip())
        if why:
            self._problems[number] = tr(
                "line {number}: {name}: {why}", number=number, name=name.capitalize(), why=why
            )
            self._left.append(line)

    def _none(self, number: int) -> str:
        """Return what is wrong with those up to this line that are no lines of a head."""
        from difflib import get_close_matches  # late: only a mistake needs it

        many, (name, colon, _) = len(self._strange), self._strange[0].partition(":")
        where = (
            tr("line {number}", number=number)
            if many == 1
            else tr("lines {first} to {last}", first=number - many + 1, last=number)
        )
        shown = name.strip()
        shown = f"{shown[:20]}…" if len(shown) > 20 else shown
        names = [each.capitalize() for each in self._known]
        close = get_close_matches(name.strip().capitalize(), names, 1) if colon else ()
        given = {"where": where, "shown": shown, "names": ", ".join(names)}
        said = (
            tr('{where}: "{shown}" is none of {names} (is it {close}?)', **given, close=close[0])
            if close and many == 1
            else tr('{where}: "{shown}" is none of {names}', **given)
        )
        return joined(said, tr("a blank line ends the head, before what the post says"))

    def written(self, said: str) -> Written:
        """Return all of it, with what it says."""
        entry = {key: each for key, each in self._entry.items() if key not in _ANEW}
        if self._kept or "enclosures" in self._entry:
            entry["enclosures"] = self._kept
        if self._files:
            entry["files"] = self._files
        text = "\n\n".join(filter(None, ("\n".join(self._left), said)))
        if text:
            entry[self._text] = text
        return Written(self._service, self._node, entry, tuple(self._problems.values()))

    def _title(self, value: str) -> str:
        self._entry["title"] = " ".join(value.split())
        return ""

    def _tags(self, value: str) -> str:
        found = _TAG.findall(value)
        tags = (said.replace('""', '"') or plain.lstrip("#").strip() for said, plain in found)
        self._entry["tags"] = list(dict.fromkeys(filter(None, tags)))
        return ""

    def _comments(self, value: str) -> str:
        known = _SWITCH.get(value.casefold())
        if known is None:
            return tr('"{value}" is neither on nor off', value=value)
        self._entry["comments"] = known
        return ""

    def _file(self, value: str) -> str:
        for place, (written, each) in enumerate(self._had):
            if written == value:
                self._kept.append(each)
                del self._had[place]
                return ""
        if found := _ELSEWHERE.fullmatch(value):
            self._kept.append(self._called(*found.groups()))
        elif value.endswith(f"<{_WAITS}>"):
            return tr("no file of this post is on its way by this name")
        elif value:
            self._files.append(value)
        return ""

    def _called(self, title: str, url: str) -> Entry:
        """Return the file at an address, by this name from now on."""
        known = next((each for _, each in self._had if each.get("url") == url), {"url": url})
        return {**known, "title": title} if title else known

    def _markup(self, value: str) -> str:
        known = _MARKUP.get(value.casefold())
        if known is None:
            return tr('"{value}" is neither markdown nor plain', value=value)
        self._text = known
        return ""

    def _blog(self, value: str) -> str:
        if self._entry.get("id"):
            return tr("a post stays in the blog where it is")
        service, _, node = value.partition(" ")
        node = node.strip()
        self._service, self._node = "" if service == self._own and not node else service, node
        return ""


def _tag(tag: str) -> str:
    """Return how a tag is written: in quotes where it would be read as another one."""
    if "," not in tag and not tag.startswith(("#", '"')):
        return tag
    said = tag.replace('"', '""')
    return f'"{said}"'


def _elsewhere(file: Entry) -> str:
    """Return how a file is written that is none of this machine."""
    return f"{' '.join(_said(file, 'title').split())} <{_said(file, 'url') or _WAITS}>".strip()


def _said(entry: Entry, key: str) -> str:
    return str(entry.get(key, ""))
