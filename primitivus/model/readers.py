"""Whom a blog is for and who writes there, in words."""

from collections.abc import Sequence

from primitivus.model.account import Account
from primitivus.model.blogs import Feed
from primitivus.model.listing import Entry, Listing, Part
from primitivus.model.quoting import commas, quote
from primitivus.sentences import ntr, tr

_NAMED = 4


class KnownReaders:
    """Who is named as reader of which blog, as it was told last; by the key of the blog."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[str, ...]] = {}

    def note(self, blog: Feed, model: str, members: Sequence[str]) -> None:
        """Take note of what `Access` of the backend tells."""
        names = ("whitelist", "authorize")
        self._of[blog.key] = tuple(members) if model in names else ()

    def listed(self) -> Sequence[str]:
        """Return who reads any of them, each once."""
        return tuple(dict.fromkeys(each for some in self._of.values() for each in some))


def readers_popup(account: Account, name: str, readers: Sequence[str], whose: str) -> Listing:
    """Return those who read a blog because they are named, or were let in, to choose from."""
    entries = sorted(
        (_reader(account, each) for each in readers), key=lambda each: each.line[0][1].casefold()
    )
    title = tr("Readers of {name}", name=name) + (tr(", of {whose}", whose=whose) if whose else "")
    many = ntr("{n} person reads it", "{n} people read it", len(readers))
    hint = tr("type to search; Enter takes one out, after asking; :add-reader WHO lets one in")
    return Listing(title, (Part(many, tuple(entries)),), hint)


def _reader(account: Account, jid: str) -> Entry:
    name = account.name(jid) or jid
    at = f"  {jid}" if name != jid else ""
    return Entry((("popup", name), ("hint", at)), f"remove-reader {quote(jid)}")


def whom(account: Account, model: str, members: Sequence[str]) -> str:
    """Return whom a blog is for, to stand behind "for"; empty where its service has its own word.

    `members` are people or groups, as `Access` of the backend tells them.
    """
    match model:
        case "open":
            return tr("everybody")
        case "presence":
            return tr("those who see your presence")
        case "roster":
            return (
                tr("contacts in {members}", members=commas(members))
                if members
                else tr("some groups of contacts")
            )
        case "authorize":
            return tr("those whom its owner lets in")
        case "whitelist":
            return _named(account, members)
    return ""


def by_whom(account: Account, model: str, members: Sequence[str]) -> str:
    """Return who writes in a blog, to stand behind "by"; empty where its service has its own word.

    `members` are those who are named for that.
    """
    match model:
        case "open":
            return tr("everybody who sees it")
        case "subscribers":
            return tr("whoever follows it")
        case "publishers":
            return _and_owner(account, members)
    return ""


def _and_owner(account: Account, members: Sequence[str]) -> str:
    return (
        tr("its owner and {people}", people=_people(account, members))
        if members
        else tr("its owner alone")
    )


def _named(account: Account, members: Sequence[str]) -> str:
    return (
        tr("{people} alone", people=_people(account, members))
        if members
        else tr("those alone who write there")
    )


def _people(account: Account, members: Sequence[str]) -> str:
    if len(members) > _NAMED:
        return ntr("{n} person", "{n} people", len(members))
    return commas([account.name(each) or each for each in members])
