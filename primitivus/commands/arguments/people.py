"""People as arguments: contacts, those one talks with, who asks, and whose accounts they are."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated

from primitivus.commands.arguments.nearly import nearly
from primitivus.commands.arguments.nicks import is_begun, nobody, of_nick
from primitivus.commands.arguments.types import Kind
from primitivus.commands.errors import CommandError
from primitivus.commands.line.completions import Asked, Candidate
from primitivus.model.accounts.account import Account
from primitivus.model.place import Place
from primitivus.model.state import State
from primitivus.model.wording.address import called, occupant
from primitivus.model.wording.enumerating import each_of
from primitivus.sentences import tr

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def _jid(text: str) -> str:
    # Only the backend can tell a JID from any other word (RFC 7622), and knows some that the rules
    # refuse; and a contact may be called by name here. What is refused is what can be neither.
    if not text.strip() or _CONTROL.search(text) or text.endswith("@"):
        raise ValueError(
            tr('"{text}" isn\'t an address; one looks like juliet@example.org', text=text)
        )
    return text


def complete_peer(asked: Asked) -> Iterable[Candidate]:
    """Yield with whom one talks, contacts, and who is in the room where one is."""
    state = asked.known.state
    people = [*everywhere(state, _peers, _contacts), *map(_occupant, in_the_room(state))]
    return begun(asked, _unique(people))


def _complete_contact(asked: Asked) -> Iterable[Candidate]:
    return begun(asked, _contacts(asked.known.state.account))


def _complete_listed(asked: Asked) -> Iterable[Candidate]:
    return begun(asked, everywhere(asked.known.state, _requests, _contacts))


def _complete_request(asked: Asked) -> Iterable[Candidate]:
    return begun(asked, everywhere(asked.known.state, _requests))


def _complete_profile(asked: Asked) -> Iterable[Candidate]:
    accounts = asked.known.state.accounts.items()
    return begun(asked, (Candidate(name, each.profile.jid) for name, each in accounts))


PeerJid = Annotated[str, Kind("peer", _jid, complete_peer, has_blanks=True)]
ContactJid = Annotated[str, Kind("contact", _jid, _complete_contact, has_blanks=True)]
ListedJid = Annotated[str, Kind("contact", _jid, _complete_listed, has_blanks=True)]
RequestJid = Annotated[str, Kind("request", _jid, _complete_request, has_blanks=True)]
ProfileName = Annotated[str, Kind("profile", complete=_complete_profile)]


def find(state: State, word: str, *, is_listed: bool = False) -> Place:
    """Return with whom one talks that `word` means, here rather than elsewhere.

    It is someone known by this address or name; where nobody is, who has a part of them so, if that
    is but one (nearly.py). This is for what stands somewhere, as conversations do, and may lead
    into another account; who is to be told or asked something is `find_here`.

    In a room that is first of all who has that nick there, unless it is about the list of contacts
    (`is_listed`). CommandError where several other accounts know them, or a nick there goes on
    behind the word. Else it is taken for an address, and of the account where one is: its own
    address is oneself there, whoever else knows that.
    """
    return of_one(state, _found(state, word, is_listed=is_listed), word)


def find_here(state: State, word: str, *, is_listed: bool = False) -> Place:
    """Return who `word` means, as `find`, for the account where one is to deal with.

    Who acts is who was told to: that another account knows somebody tells their address, no more.
    CommandError where others know several who are called so.
    """
    return from_here(state, _found(state, word, is_listed=is_listed), word)


def _found(state: State, word: str, *, is_listed: bool) -> list[Place]:
    """Return who is known so, one an account, that where one is first; CommandError."""
    nicks = () if is_listed else in_the_room(state)
    here = of_nick(nicks, word)
    if here is not None:
        other = _known(state.account, word)
        if other not in ("", here.peer):
            # A nick is whatever somebody likes to be called, such as another.
            room = state.account.name(occupant(here.peer)[0])
            state.say(
                tr(
                    "this is {who} of {room}; {other} has that name too",
                    who=called(here.peer),
                    room=room,
                    other=other,
                )
            )
        return [here]
    if word.casefold() == (own := state.account.profile.jid).casefold():
        return [state.account.place(own)]
    found = [account.place(jid) for account in accounts(state) if (jid := _known(account, word))]
    if found:
        return found
    if not {"@", "."} & set(word) and is_begun(nicks, word):
        raise nobody(nicks, word)
    return nearly(accounts(state), word) or [state.account.place(word)]


def of_one(state: State, found: Sequence[Place], word: str) -> Place:
    """Return the first of some places that are known so, if it is in the account where one is.

    CommandError where it is one of several other accounts.
    """
    names = list(dict.fromkeys(place.account for place in found))
    if len(names) > 1 and names[0] != state.layout.place.account:
        raise CommandError(
            tr(
                '{profiles} know "{word}": :profile NAME goes to one of them',
                profiles=each_of(f'"{name}"' for name in names),
                word=word,
            )
        )
    return found[0]


def from_here(state: State, found: Sequence[Place], word: str) -> Place:
    """Return in the account where one is whom some places are of, those there before others.

    CommandError where they are several.
    """
    here = [place for place in found if place.account == state.layout.place.account]
    addresses = list(dict.fromkeys(place.peer for place in here or found))
    if len(addresses) > 1:
        first, second, *_ = addresses
        raise CommandError(
            tr(
                '"{first}" and "{second}" are called "{word}": write the address',
                first=first,
                second=second,
                word=word,
            )
        )
    return state.account.place(addresses[0])


def find_in(account: Account, word: str) -> Place:
    """Return who `word` means in this account; CommandError where it may be several."""
    if known := _known(account, word):
        return account.place(known)
    return next(iter(nearly([account], word)), account.place(word))


def _known(account: Account, word: str) -> str:
    """Return the address of the one who is known so, nothing where it is nobody or several."""
    jids = dict.fromkeys([*account.conversations.peers(), *account.roster.jids()])
    if word in jids or "@" in word:
        return word if word in jids else ""
    wanted = word.casefold()
    named = [jid for jid in jids if account.name(jid).casefold() == wanted]
    # Who is known by an address rather than somebody who had that nick in some room.
    found = [jid for jid in named if not occupant(jid)[1]] or named
    return found[0] if len(found) == 1 else ""


def accounts(state: State) -> list[Account]:
    """Return the accounts of which something may be shown, the one where one is first."""
    return sorted(state.accounts.opened(), key=lambda each: each is not state.account)


def everywhere(state: State, *kinds: Callable[[Account], Iterator[Candidate]]) -> list[Candidate]:
    """Return what there is of some kinds in all accounts, that of the one where one is first."""
    found = (each for account in accounts(state) for kind in kinds for each in kind(account))
    return _unique(found)


def _peers(account: Account) -> Iterator[Candidate]:
    for record in account.conversations.listed():
        yield Candidate(record.peer, account.name(record.peer))


def _contacts(account: Account) -> Iterator[Candidate]:
    for contact in account.roster.listed():
        yield Candidate(contact.jid, contact.name)


def in_the_room(state: State) -> Sequence[Place]:
    """Return the places of those who are in the room that one looks at, or to one of whom."""
    room, _ = occupant(state.layout.place.peer)
    return state.account.occupant_places(state.account.place(room))


def _occupant(place: Place) -> Candidate:
    return Candidate(place.peer, called(place.peer))


def _requests(account: Account) -> Iterator[Candidate]:
    for request in account.roster.requests.values():
        yield Candidate(request.jid, " ".join(filter(None, (request.nickname, request.text))))


def _unique(found: Iterable[Candidate]) -> list[Candidate]:
    """Return each word once, as it was found first."""
    unique: dict[str, Candidate] = {}
    for each in found:
        unique.setdefault(each.text, each)
    return list(unique.values())


def begun(asked: Asked, found: Iterable[Candidate]) -> list[Candidate]:
    """Return those whose address or name begins so."""
    wanted = asked.word.casefold()
    return [
        each
        for each in found
        if each.text.casefold().startswith(wanted) or each.description.casefold().startswith(wanted)
    ]
