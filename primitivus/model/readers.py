"""Whom a blog is for, in words."""

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


def _named(account: Account, members: Sequence[str]) -> str:
    if not members:
        return "nobody who is not named"
    if len(members) > _NAMED:
        return f"{counted(len(members), 'person', 'people')} alone"
    return f"{commas([account.name(each) or each for each in members])} alone"
