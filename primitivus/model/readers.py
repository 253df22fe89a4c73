"""Whom a blog is for and who writes there, in words."""

from collections.abc import Sequence

from primitivus.model.account import Account
from primitivus.model.counting import counted
from primitivus.model.quoting import commas

_NAMED = 4


def whom(account: Account, model: str, members: Sequence[str]) -> str:
    """Return whom a blog is for, to stand behind "for"; empty where its service has its own word.

    `members` are people or groups, as `Access` of the backend tells them.
    """
    match model:
        case "open":
            return "everybody"
        case "presence":
            return "those who see your presence"
        case "roster":
            return f"contacts in {commas(members)}" if members else "some groups of contacts"
        case "authorize":
            return "those whom its owner lets in"
        case "whitelist":
            return _named(account, members)
    return ""


def by_whom(account: Account, model: str, members: Sequence[str]) -> str:
    """Return who writes in a blog, to stand behind "by"; empty where its service has its own word.

    `members` are those who are named for that.
    """
    match model:
        case "open":
            return "everybody who sees it"
        case "subscribers":
            return "whoever follows it"
        case "publishers":
            return _and_owner(account, members)
    return ""


def _and_owner(account: Account, members: Sequence[str]) -> str:
    return f"its owner and {_people(account, members)}" if members else "its owner alone"


def _named(account: Account, members: Sequence[str]) -> str:
    return f"{_people(account, members)} alone" if members else "those alone who write there"


def _people(account: Account, members: Sequence[str]) -> str:
    if len(members) > _NAMED:
        return counted(len(members), "person", "people")
    return commas([account.name(each) or each for each in members])
