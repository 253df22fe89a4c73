"""Whom a nick means, of those who are in a room as far as that is known here."""

from collections.abc import Iterable, Sequence

from primitivus.commands.errors import CommandError
from primitivus.model.place import Place
from primitivus.model.wording.address import called
from primitivus.model.wording.enumerating import either, joined
from primitivus.model.wording.quoting import BLANKS, quote
from primitivus.sentences import tr

# So many are named where it may be one of them.
_NAMED = 2


def of_nick(places: Iterable[Place], word: str) -> Place | None:
    """Return who is called so, perhaps in other letters; CommandError where several are.

    `word` may be the whole address of an occupant.
    """
    there = list(places)
    exact = [place for place in there if word in (called(place.peer), place.peer)]
    wanted = word.casefold()
    found = exact or [place for place in there if called(place.peer).casefold() == wanted]
    if len(found) > 1:
        first, second, *_ = (called(place.peer) for place in found)
        raise CommandError(
            tr(
                '"{first}" and "{second}" are both here: write which of them',
                first=first,
                second=second,
            )
        )
    return found[0] if found else None


def nobody(places: Iterable[Place], word: str, otherwise: str = "") -> CommandError:
    """Return the complaint that nobody is called so: it names who is perhaps meant, and how.

    Else it says what to do `otherwise`.
    """
    near = _begun(places, word)[:_NAMED]
    said = tr('nobody here is called "{word}"', word=word)
    if not near:
        return CommandError(f"{said}; {otherwise}" if otherwise else said)
    names = either(quote(nick) if _has_blanks(nick) else f'"{nick}"' for nick in near)
    how = tr("a nick with blanks needs quotes") if any(map(_has_blanks, near)) else ""
    return CommandError(joined(said, tr("perhaps you mean {names}", names=names), how))


def is_begun(places: Iterable[Place], word: str) -> bool:
    """Return whether somebody's nick goes on behind this word."""
    return bool(_begun(places, word))


def _begun(places: Iterable[Place], word: str) -> Sequence[str]:
    """Return the nicks that begin so, first those of which it is a whole word."""
    wanted = word.casefold()
    nicks = [called(place.peer) for place in places]
    begun = [nick for nick in nicks if nick.casefold().startswith(wanted)]
    return sorted(begun, key=lambda nick: nick[len(word) : len(word) + 1] not in tuple(BLANKS))


def _has_blanks(nick: str) -> bool:
    return any(char in BLANKS for char in nick)
