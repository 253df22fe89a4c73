"""Why an upload service gives no place for a file: as errors that a person can act on."""

from backendd.api import sizes
from backendd.api.errors import BackendError, NotAllowed, NotSupported, ServerError, TooLarge
from backendd.core import jid
from backendd.features.uploads.stanza import NAMESPACE
from backendd.files.answers import Passing
from backendd.xmpp.faults import StanzaError

_TOO_LARGE = f"{{{NAMESPACE}}}file-too-large"
_BARRED = frozenset({"forbidden", "not-allowed", "not-authorized", "registration-required"})


def refusal(error: StanzaError, service: str, size: int) -> BackendError:
    """Return why a service takes no file of this size (XEP-0363 5); `Passing` where it soon may."""
    who = jid.shown(service)
    because = f" ({error.text})" if error.text else ""
    if error.detail == _TOO_LARGE:
        return TooLarge(f"{who} takes no file of {sizes.shown(size)}{because}")
    if error.condition == "resource-constraint":
        return ServerError(f"{who} takes nothing more of you for now{because}; try again later")
    if error.condition in _BARRED:
        return NotAllowed(f"{who} doesn't let you put files there{because}")
    if error.condition == "bad-request" and not size:
        return NotSupported(f"{who} takes no files without content")
    return Passing(str(error)) if error.type == "wait" else error
