"""What the backend warns of, in the user's language: what it says itself is English.

Its sentence tells more than the word of a warning, as that of an error does than its name. Where a
catalogue knows that sentence it is said in its words, and what it is about is filled in; else those
of the word go before it, or stand for it. In English the sentence is all that is said.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from backendd.api.records import Warning
from backendd.api.wire import from_wire
from primitivus.sentences import translated, translation

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
# What the backend says, as it stands there, but for what is filled in.
SENTENCES = (
    "something from {whom} was too large to be kept; ask for it in parts",
    "something was lost that nobody can answer: {why}",
    "the roster has what can't be shown as a contact: {why}",
    "the server's archive can't be read, messages may be missing: {why}",
    "the server's archive can't be stored; the log says why",
    "what was said of a post is not for its readers alone: {why}",
    "your correction to {whom} is taken back: {why}",
    "your like of a comment at {service} is taken back: {why}",
    "your like of a comment at {service} stays: {why}",
    "your like of a post of {service} is taken back: {why}",
    "your like of a post of {service} stays: {why}",
    "your nickname can't be told to your contacts: {why}",
    "your reaction to {whom} is taken back: {why}",
    "other clients don't learn how you set {room}: {why}",
    "{nick} can't be had in {room}: there you are {other}",
    "{room} can't be bookmarked: {why}",
    "{room} has another password than its bookmark now: {why}",
    "{service} does not say who follows the blog: strangers who have followed it before may go on"
    " to read it",
    "{whom} can't be let in to read {blog} at {service}: {why}",
    "{whom} may go on showing what you retracted: {why}",
    "{whom} was not invited to {room}: {why}",
)
# Those of which the backend's sentence tells no more.
_WHOLE = {"address", "limit", "password", "settled-elsewhere"}


def warning(told: Mapping[str, Any]) -> Warning:
    """Return a warning that came on the bus, with what people read of it as its text."""
    came = from_wire(Warning, told)
    if said := _sentence(came.text):
        return replace(came, text=said)
    known = translation(WARNINGS.get(came.word, ""), subject=came.subject)
    if not known:
        return came
    is_whole = came.word in _WHOLE or not came.text
    return replace(came, text=known if is_whole else f"{known} ({came.text.rstrip('.')})")


def _sentence(text: str) -> str:
    """Return what the backend says in the user's language; nothing where no catalogue knows it."""
    for sentence in SENTENCES:
        if translated(sentence) == sentence:
            continue  # as all are in English
        if (found := _pattern(sentence).fullmatch(text)) is not None:
            return translation(sentence, **found.groupdict())
    return ""


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    """Return what a sentence matches with whatever is filled in."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(sentence)))
