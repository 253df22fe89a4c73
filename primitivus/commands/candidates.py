"""The words that complete an argument, as far as they depend on what is known now."""

from collections.abc import Callable, Iterable, Iterator

from primitivus.commands.completions import Candidate
from primitivus.model.account import Account
from primitivus.model.place import Place
from primitivus.model.state import State


def candidates(state: State, kind: str, prefix: str) -> list[Candidate]:
    """Return what of `kind` (commands/types.py) begins with `prefix`, or is called so."""
    match kind:
        case "peer":
            found = _everywhere(state, _peers, _contacts)
        case "contact":
            found = _everywhere(state, _contacts)
        case "request":
            found = _everywhere(state, _requests)
        case "profile":
            found = [Candidate(name, each.profile.jid) for name, each in state.accounts.items()]
        case _:
            found = []
    wanted = prefix.casefold()
    return [each for each in found if _fits(each, wanted)]


def find(state: State, word: str) -> Place:
    """Return who `word` means: someone known by this address or name, here rather than elsewhere.

    Else it is taken for an address, and of the account where one is.
    """
    for account in _accounts(state):
        jid = _known(account, word)
        if jid:
            return account.place(jid)
    return state.account.place(word)


def find_in(account: Account, word: str) -> Place:
    """Return who `word` means in this account."""
    return account.place(_known(account, word) or word)


def _known(account: Account, word: str) -> str:
    """Return the address of the one who is known so, nothing where it is nobody or several."""
    jids = dict.fromkeys([*account.conversations.peers(), *account.roster.jids()])
    if word in jids or "@" in word:
        return word if word in jids else ""
    wanted = word.casefold()
    called = [jid for jid in jids if account.name(jid).casefold() == wanted]
    return called[0] if len(called) == 1 else ""


def _accounts(state: State) -> list[Account]:
    """Return all accounts, the one where one is first."""
    here = state.account
    return [here, *(each for each in state.accounts.values() if each is not here)]


def _everywhere(state: State, *kinds: Callable[[Account], Iterator[Candidate]]) -> list[Candidate]:
    found = (each for account in _accounts(state) for kind in kinds for each in kind(account))
    return _unique(found)


def _peers(account: Account) -> Iterator[Candidate]:
    for record in account.conversations.listed():
        yield Candidate(record.peer, account.name(record.peer))


def _contacts(account: Account) -> Iterator[Candidate]:
    for contact in account.roster.listed():
        yield Candidate(contact.jid, contact.name)


def _requests(account: Account) -> Iterator[Candidate]:
    for request in account.roster.requests.values():
        yield Candidate(request.jid, request.text)


def _unique(found: Iterable[Candidate]) -> list[Candidate]:
    """Return each word once, as it was found first."""
    unique: dict[str, Candidate] = {}
    for each in found:
        unique.setdefault(each.text, each)
    return list(unique.values())


def _fits(candidate: Candidate, wanted: str) -> bool:
    return candidate.text.casefold().startswith(
        wanted
    ) or candidate.description.casefold().startswith(wanted)
