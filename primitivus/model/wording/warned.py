"""What the backend warns of, in the user's language: what it says itself is English.

Its sentence tells more than the word of a warning, as that of an error does than its name. Where a
catalogue knows the word, its words go before that sentence, or stand for it; in English the
sentence is all that is said.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backendd.api.records import Warning
from backendd.api.wire import from_wire
from primitivus.sentences import translation

# By the words of warnings (backendd/api/words.py).
WARNINGS = {
    "access": "others than those whom it is for may read a blog, or what was said of a post in it",
    "address": (
        'the server gives this login the address "{subject}": others know you by that, and not as '
        "the one that you gave"
    ),
    "archive": "the archive can't be read or stored: messages may be missing",
    "bookmark": "what a bookmark of a room is for can't be done, or it can't be kept",
    "bookmark-behaviour": "other clients don't learn how you set a room",
    "correction": "a correction of yours is taken back",
    "dropped": "something that came can't be kept or shown",
    "invitation": "somebody was not invited to a room",
    "like": "a like of yours can't be told, and is as it was before",
    "limit": (
        "{subject} closes the connection on a message that is too large: what is about as large "
        "isn't sent any more; send it in parts"
    ),
    "nick": "you have another nick in a room than you want",
    "nickname": "your nickname can't be told to your contacts",
    "password": (
        "the password of the account was changed in another profile: give the new one here as well "
        "(:xmpp-password)"
    ),
    "reaction": "a reaction of yours is taken back",
    "reader": "somebody can't be let in to read a blog",
    "retraction": "others may go on showing what you retracted",
    "settled-elsewhere": (
        '"{subject}" asked to see when you are online, and waits no longer: another client of '
        "yours answered, or the question was taken back"
    ),
    "storage": "the database is damaged, or was",
    "unreachable": "something that you sent didn't get there",
}
# Those of which the backend's sentence tells no more.
_WHOLE = {"address", "limit", "password", "settled-elsewhere"}


def warning(told: Mapping[str, Any]) -> Warning:
    """Return a warning that came on the bus, with what people read of it as its text."""
    came = from_wire(Warning, told)
    known = translation(WARNINGS.get(came.word, ""), subject=came.subject)
    if not known:
        return came
    is_whole = came.word in _WHOLE or not came.text
    return replace(came, text=known if is_whole else f"{known} ({came.text.rstrip('.')})")
