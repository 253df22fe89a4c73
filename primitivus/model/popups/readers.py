"""Whom a blog is for and who writes there, in words."""

from collections.abc import Sequence

from primitivus.model.accounts.account import Account
from primitivus.model.blogs.blogs import Feed
from primitivus.model.popups.listing import Entry, Listing, Part
from primitivus.model.wording.quoting import commas, quote
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
    title = (
        tr('Readers of "{name}", of {whose}', name=name, whose=whose)
        if whose
        else tr('Readers of "{name}"', name=name)
    )
    many = ntr("{n} person reads it", "{n} people read it", len(readers))
    hint = tr("type to search; Enter takes one out, after asking; :add-reader WHO lets one in")
    return Listing(title, (Part(many, tuple(entries)),), hint)


def _reader(account: Account, jid: str) -> Entry:
    name = account.name(jid) or jid
    at = f"  {jid}" if name != jid else ""
    return Entry((("popup", name), ("hint", at)), f"remove-reader {quote(jid)}")


def whom(account: Account, model: str, members: Sequence[str]) -> str:
    """Return whom a blog is for; where its service has its own word for that, by that.

    `members` are people or groups, as `Access` of the backend tells them.
    """
    match model:
        case "open":
            return tr("for everybody")
        case "presence":
            return tr("for those who see your presence")
        case "roster":
            return (
                tr("for contacts in {members}", members=commas(members))
                if members
                else tr("for some groups of contacts")
            )
        case "authorize":
            return tr("for those whom its owner lets in")
        case "whitelist":
            return _named(account, members)
    return tr("for {model}", model=model)


def by_whom(account: Account, model: str, members: Sequence[str]) -> str:
    """Return who writes in a blog; where its service has its own word for that, by that.

    `members` are those who are named for that.
    """
    match model:
        case "open":
            return tr("everybody who sees it writes there")
        case "subscribers":
            return tr("whoever follows it writes there")
        case "publishers":
            return _and_owner(account, members)
    return tr("written by {model}", model=model)


def _and_owner(account: Account, members: Sequence[str]) -> str:
    if not members:
        return tr("its owner alone writes there")
    if (many := len(members)) > _NAMED:
        return ntr(
            "its owner and {n} person write there", "its owner and {n} people write there", many
        )
    return tr("its owner and {people} write there", people=_people(account, members))


def _named(account: Account, members: Sequence[str]) -> str:
    if not members:
        return tr("for those alone who write there")
    if (many := len(members)) > _NAMED:
        return ntr("for {n} person alone", "for {n} people alone", many)
    return tr("for {people} alone", people=_people(account, members))


def _people(account: Account, members: Sequence[str]) -> str:
    return commas([account.name(each) or each for each in members])
