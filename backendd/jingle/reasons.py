"""Why a session ends (XEP-0166 section 7.4), and what that is to who waits for a file."""

from typing import Final
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.errors import (
    BackendError,
    FileError,
    Gone,
    HostUnreachable,
    NotAllowed,
    NotConnected,
    NotSupported,
    Paused,
    Timeout,
    TooLarge,
    UnknownItem,
)
from backendd.api.values import Value
from backendd.core import xml
from backendd.files.hashing import AnotherFile
from backendd.jingle.names import FILE_ERRORS, JINGLE, OURS

_TEXT_LIMIT, _NAME_LIMIT = 300, 60

TOO_LARGE: Final = "file-too-large"
NOT_AVAILABLE: Final = "file-not-available"


class Reason(Value):
    """A condition, what is said besides, and the condition that file transfer or we add."""

    condition: str
    text: str = ""
    detail: str = ""

    @property
    def is_success(self) -> bool:
        """Whether all went as it should."""
        return self.condition == "success"


SUCCESS = Reason("success")
CANCEL = Reason("cancel")
PAUSED = Reason("cancel", "paused: it can be gone on with later", "paused")
"""That a file is held up XEP-0166 has no word for: other programs read that it is cancelled."""
DECLINE = Reason("decline")
SUPERSEDED = Reason("alternative-session")
GONE = Reason("gone")
LOST = Reason("connection lost")
"""Never said: who could hear it is out of reach."""


def encode(reason: Reason) -> Element:
    """Return the `<reason/>`."""
    children = [xml.element(JINGLE, reason.condition)]
    if reason.text:
        children.append(xml.element(JINGLE, "text", text=text.clean_line(reason.text)))
    if reason.detail:
        namespace = OURS if reason.detail == PAUSED.detail else FILE_ERRORS
        children.append(xml.element(namespace, reason.detail))
    return xml.element(JINGLE, "reason", {}, children)


def decode(jingle: Element) -> Reason:
    """Return the reason that is given, cleaned; `general-error` where there is none."""
    given = xml.child(jingle, JINGLE, "reason")
    if given is None:
        return Reason("general-error")
    condition, detail = "general-error", ""
    for each in given:
        namespace, name = xml.split(each.tag)
        if namespace == JINGLE and name != "text":
            # Dino writes failed_transport and failed_application.
            condition = text.clean_line(name, limit=_NAME_LIMIT).replace("_", "-")
        elif namespace == FILE_ERRORS or (namespace, name) == (OURS, PAUSED.detail):
            detail = text.clean_line(name, limit=_NAME_LIMIT)
    said = text.clean_line(xml.child_text(given, JINGLE, "text"), limit=_TEXT_LIMIT)
    return Reason(condition, said, detail)


def failure(reason: Reason, who: str, *, is_sender: bool) -> BackendError:
    """Return what a session that `who` ended for `reason` is to whom it was about a file.

    `is_sender`: it is they who have the file.
    """
    kind, sentence = (
        _OF_DETAIL.get(reason.detail)
        or (_OF_SENDERS.get(reason.condition) if is_sender else None)
        or _OF_CONDITION.get(reason.condition)
        or (BackendError, "{who} ended the transfer: {condition}")
    )
    if kind is Paused:
        return Paused(sentence.format(who=who))
    told = sentence.format(who=who, condition=reason.condition.replace("-", " "))
    return kind(f"{told} ({reason.text})" if reason.text else told)


def cause(error: BackendError, *, is_sender: bool) -> Reason:
    """Return the reason we give for an end that `error` makes; `is_sender`: the file is ours."""
    match error:
        case TooLarge():
            return Reason("media-error", detail=TOO_LARGE)
        case AnotherFile():
            return Reason("media-error")
        case FileError():
            # What the error says tells where things are on our disk.
            why = "it can't be read, or has changed" if is_sender else "it can't be stored"
            return Reason("failed-application", why)
        case HostUnreachable():
            return Reason("connectivity-error")
        case Timeout():
            return Reason("timeout")
        case NotSupported():
            return Reason("unsupported-transports")
        case NotAllowed():
            return DECLINE
    return Reason("general-error")


_NO_WAY = (HostUnreachable, "no connection to {who} can be made for the file")
_UNABLE = (NotSupported, "the program of {who} can't take this file: {condition}")
_LATE = (Timeout, "{who} didn't wait any longer for the file")
_OF_CONDITION: dict[str, tuple[type[BackendError], str]] = {
    "success": (BackendError, "{who} ended the transfer before the file was whole"),
    "decline": (NotAllowed, "{who} declined the file"),
    "cancel": (NotAllowed, "{who} cancelled the transfer"),
    "busy": (NotAllowed, "{who} takes no files now"),
    SUPERSEDED.condition: (NotAllowed, "{who} goes on with the file in another session"),
    "security-error": (NotAllowed, "{who} doesn't take the file this way: {condition}"),
    LOST.condition: (NotConnected, "the connection to the server was lost"),
    "gone": (Gone, "{who} is gone"),
    "expired": _LATE,
    "timeout": _LATE,
    "connectivity-error": _NO_WAY,
    "failed-transport": _NO_WAY,
    "media-error": (FileError, "{who} got something else than the file"),
    "failed-application": (FileError, "{who} can't go on with the file"),
    "unsupported-applications": _UNABLE,
    "unsupported-transports": _UNABLE,
    "incompatible-parameters": _UNABLE,
}
_OF_SENDERS: dict[str, tuple[type[BackendError], str]] = {
    "media-error": (FileError, "{who} can't send the file as it was offered"),
}
_OF_DETAIL: dict[str, tuple[type[BackendError], str]] = {
    TOO_LARGE: (TooLarge, "the file is too large for {who}"),
    PAUSED.detail: (Paused, "paused by {who}"),
    NOT_AVAILABLE: (UnknownItem, "{who} has no such file"),
}
