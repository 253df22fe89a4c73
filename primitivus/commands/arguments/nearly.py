"""Whom a word means that is a part of a name or an address: nobody else may be meant as well."""

from collections.abc import Callable, Iterable, Sequence

from primitivus.commands.errors import CommandError
from primitivus.model.accounts.account import Account
from primitivus.model.place import Place
from primitivus.model.wording.address import occupant
from primitivus.model.wording.enumerating import either
from primitivus.sentences import tr

# So long has a word to be that somebody is called by it who has more of a name.
_LEAST = 2
# So many are named where it may be one of them.
_NAMED = 3

Known = tuple[Account, str]


def nearly(accounts: Iterable[Account], word: str) -> list[Place]:
    """Return where the one is who has `word` for the local part, else for the first word of a name.

    After that comes whose name or address only begins so. CommandError where several fit as
    well as each other; None where nobody does, or the word is an address.
    """
    if len(word) < _LEAST or {"@", "."} & set(word):
        return []
    known = [(account, jid) for account in accounts for jid in account.peers_and_contacts()]
    for fits in _WAYS:
        found = [each for each in known if fits(each, word.casefold())]
        # Somebody who had that nick in some room is meant by who looks at that room.
        found = [each for each in found if not occupant(each[1])[1]]
        if len({jid for _, jid in found}) > 1:
            raise CommandError(_either(word, found))
        if found:
            return [account.place(jid) for account, jid in found]
    return []


def _has_local_part(known: Known, word: str) -> bool:
    return known[1].partition("@")[0].casefold() == word


def _has_first_word(known: Known, word: str) -> bool:
    account, jid = known
    return account.name(jid).casefold().split()[:1] == [word]


def _begins(known: Known, word: str) -> bool:
    account, jid = known
    return account.name(jid).casefold().startswith(word) or jid.casefold().startswith(word)


def _either(word: str, found: Sequence[Known]) -> str:
    """Return that several are meant as well by a word."""
    named = dict.fromkeys(_called(*each) for each in found)
    several = list(named)[:_NAMED]
    some = either(several)
    if len(named) > _NAMED:
        return tr('"{word}" may be {some} or others: write more of it', word=word, some=some)
    return tr('"{word}" may be {found}: write more of it', word=word, found=some)


def _called(account: Account, jid: str) -> str:
    name = account.name(jid)
    return jid if name in (jid, jid.partition("@")[0]) else f"{name} ({jid})"


_WAYS: Sequence[Callable[[Known, str], bool]] = (_has_local_part, _has_first_word, _begins)
