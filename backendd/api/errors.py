"""The errors a caller can act on, each with its name on the bus.

    BackendError                     org.primitivus.Backend1.Error.Failed
    +-- InvalidArgument InvalidJid UnknownProfile ProfileExists ProfileLocked
    +-- WrongPassword NotConnected AuthenticationFailed CertificateError
    +-- HostUnreachable ServerError NotSupported NotAllowed UnknownContact
    +-- UnknownMessage UnknownRoom UnknownItem EntryChanged UnknownTransfer FileError
    |   +-- FileChanged
    +-- StorageError FormRejected TooLarge Timeout
    +-- RoomPasswordRequired MembersOnly Banned RoomFull NicknameInUse

The text of an error is a sentence a person can act on; nothing internal ever goes into it.
"""

from backendd.api.names import ERROR_PREFIX


class BackendError(Exception):
    """Something a caller can act on; `name` is its name on the bus, without the prefix.

    A subclass that is not `on_bus` is there what it derives from: only this process tells it apart.
    """

    name = "Failed"

    def __init_subclass__(cls, *, on_bus: bool = True) -> None:
        if on_bus:
            cls.name = cls.__name__
            ERRORS[cls.__name__] = cls


ERRORS: dict[str, type[BackendError]] = {"Failed": BackendError}


class InvalidArgument(BackendError):
    """An argument or option is not what the member takes."""


class InvalidJid(BackendError):
    """A text is no JID (RFC 7622)."""


class UnknownProfile(BackendError):
    """No profile has this name."""


class ProfileExists(BackendError):
    """A profile of this name is there already."""


class ProfileLocked(BackendError):
    """The profile password has to be given first."""


class WrongPassword(BackendError):
    """The profile password is not this one."""


class NotConnected(BackendError):
    """The server is needed for it, and the profile is not online."""


class AuthenticationFailed(BackendError):
    """The server refuses the XMPP password, or offers no safe way to give it."""


class CertificateError(BackendError):
    """The server's certificate can't be trusted."""


class HostUnreachable(BackendError):
    """No server answers under this name, host or port."""


class Gone(HostUnreachable, on_bus=False):
    """Who is at the other end has left: what was begun with them is there no more."""


class ServerError(BackendError):
    """The server answered with an error.

    `condition` and `type` are those of RFC 6120 (8.3.3, 8.3.2, 4.9.3), `detail` the tag of the
    condition of its own that an application adds (8.3.4); each is empty where it gave none.
    """

    def __init__(
        self, sentence: str, *, condition: str = "", type: str = "", detail: str = ""
    ) -> None:
        super().__init__(sentence)
        self.condition = condition
        self.type = type
        self.detail = detail


class NotSupported(BackendError):
    """The server, the peer or this version can't do this."""


class NotAllowed(BackendError):
    """The server or a rule of the protocol forbids this."""


class Paused(NotAllowed, on_bus=False):
    """Whoever is at the other end of a transfer holds it up, and may go on with it."""


class UnknownContact(BackendError):
    """The roster has no such contact or request."""


class UnknownMessage(BackendError):
    """No message has this id."""


class UnknownRoom(BackendError):
    """No such room is known or exists."""


class RoomPasswordRequired(BackendError):
    """A room takes a password, and none or a wrong one was given."""


class MembersOnly(BackendError):
    """Only members get into a room, and we are none."""


class Banned(BackendError):
    """A room doesn't let us in, whatever we do."""


class RoomFull(BackendError):
    """There are as many in a room as it takes."""


class NicknameInUse(BackendError):
    """Somebody else has this nick in a room."""


class UnknownItem(BackendError):
    """No such item exists."""


class EntryChanged(BackendError):
    """An entry is no longer the one that a change of it was made from."""


class UnknownTransfer(BackendError):
    """No transfer has this id."""


class FileError(BackendError):
    """A file can't be read or written."""


class DiskFull(FileError, on_bus=False):
    """There is no room for a file now; what is there of it stays good."""


class FileChanged(FileError):
    """A file is no longer the one that was to be sent: to try it again is of no use."""


class StorageError(BackendError):
    """The database can't be read or written."""


class FormRejected(BackendError):
    """The values given to a form were refused."""


class TooLarge(BackendError):
    """There is more of it than can be sent, stored or shown."""


class Timeout(BackendError):
    """No answer came in time."""


def bus_name(error: BackendError) -> str:
    """Return the D-Bus error name of `error`."""
    return ERROR_PREFIX + error.name


def from_bus(name: str, text: str) -> BackendError:
    """Return the error that a D-Bus error reply called `name` stands for."""
    kind = ERRORS.get(name.removeprefix(ERROR_PREFIX), BackendError)
    return kind(text)
