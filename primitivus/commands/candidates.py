"""The words that complete an argument, as far as they depend on what is known now."""

from collections.abc import Iterable, Iterator

from primitivus.commands.context import Candidate
from primitivus.model.state import State


def candidates(state: State, kind: str, prefix: str) -> list[Candidate]:
    """Return what of `kind` (commands/types.py) begins with `prefix`, or is called so."""
    match kind:
        case "peer":
            found = _unique([*_peers(state), *_contacts(state)])
        case "contact":
            found = list(_contacts(state))
        case "request":
            found = [Candidate(each.jid, each.text) for each in state.roster.requests.values()]
        case "profile":
            found = [Candidate(state.profile.name, state.profile.jid)]
        case _:
            found = []
    wanted = prefix.casefold()
    return [each for each in found if _fits(each, wanted)]


def resolve(state: State, word: str) -> str:
    """Return the JID that `word` means: itself, or the one contact or peer called so."""
    if "@" in word or not word:
        return word
    wanted = word.casefold()
    known = {each.text for each in candidates(state, "peer", "")}
    called = [jid for jid in known if state.name(jid).casefold() == wanted]
    return called[0] if len(called) == 1 else word


def _peers(state: State) -> Iterator[Candidate]:
    for record in state.conversations.listed():
        yield Candidate(record.peer, state.name(record.peer))


def _contacts(state: State) -> Iterator[Candidate]:
    for contact in state.roster.listed():
        yield Candidate(contact.jid, contact.name)


def _unique(found: Iterable[Candidate]) -> list[Candidate]:
    return list({each.text: each for each in found}.values())


def _fits(candidate: Candidate, wanted: str) -> bool:
    return candidate.text.casefold().startswith(
        wanted
    ) or candidate.description.casefold().startswith(wanted)
