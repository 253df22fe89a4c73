"""Why nothing can be called: what goes wrong on the way to the backend, not in it.

LinkError
+-- NoBus       there is no session bus, or it refuses us
+-- BusLost     the connection has ended
+-- NotRunning  nobody owns the name, and it can't be started
|   +-- NotConfigured  for an error in the configuration file
|   +-- WentAway       it had the call, and left without an answer
+-- NameTaken   somebody else owns the name
"""

from backendd.api import errors
from backendd.api.errors import BackendError

DRIVER = "org.freedesktop.DBus"
"""The bus daemon itself."""


CANCELLED = "the backend gave up on this call; it may be stopping"
"""What `Failed` says of a call that waits when the backend stops."""


class LinkError(Exception):
    """The bus can't be used, or the other side isn't there; says so in a sentence."""

    exit_code = 1
    """What a program that ends because of it exits with."""


class NoBus(LinkError):
    """There is no session bus, or it refuses us."""

    exit_code = 4


class BusLost(LinkError):
    """The connection to the session bus has ended."""

    exit_code = 4


class NotRunning(LinkError):
    """The service called isn't there, and could not be started."""

    exit_code = 3


class NotConfigured(NotRunning):
    """The service can't be started for an error in its configuration file (EX_CONFIG)."""

    exit_code = 78


class WentAway(NotRunning):
    """The service had the call and left the bus without an answer: it may be done."""


class NameTaken(LinkError):
    """Another process owns the bus name."""


_STANDARD: dict[str, type[BackendError]] = {
    "NoReply": errors.Timeout,
    "Timeout": errors.Timeout,
    "TimedOut": errors.Timeout,
    "InvalidArgs": errors.InvalidArgument,
    "PropertyReadOnly": errors.InvalidArgument,
    "AccessDenied": errors.NotAllowed,
    "LimitsExceeded": errors.TooLarge,
    "UnknownMethod": errors.NotSupported,
    "UnknownObject": errors.NotSupported,
    "UnknownInterface": errors.NotSupported,
    "UnknownProperty": errors.NotSupported,
}


def from_reply(name: str, text: str, *, sender: str, destination: str) -> Exception:
    """Return what an error reply that came from `sender` says about a call to `destination`."""
    word = name.removeprefix(f"{DRIVER}.Error.")
    kind = _STANDARD.get(word)
    # The bus answers in the place of a service that left or could not be started, by many names.
    is_absent = sender == DRIVER and kind not in (errors.NotAllowed, errors.TooLarge)
    if destination != DRIVER and is_absent:
        what = WentAway if word == "NoReply" else NotRunning
        return what(f"{destination} is not running: {text}")
    if word in ("ServiceUnknown", "NameHasNoOwner"):
        return NotRunning(text)
    return kind(text) if kind else errors.from_bus(name, text)
