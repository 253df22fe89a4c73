"""Why something failed, in the user's language: what the backend says is English.

The backend's sentence names what it is about, an address or a limit, and so tells more than the
name of its error. Where a catalogue knows the name, its words go before that sentence, or stand
for it; in English the sentence is all that is said.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from backendd.api.errors import BackendError
from backendd.api.failures import LinkError
from primitivus.sentences import translation

# By the names of errors on the bus (backendd/api/errors.py) and on the way to it (failures.py).
KINDS = {
    "AuthenticationFailed": "the server refuses the login",
    "Banned": "you are banned from the room",
    "BusLost": "the connection to the session bus is lost",
    "CertificateError": "the certificate of the server can't be trusted",
    "EntryChanged": "the post was changed elsewhere meanwhile",
    "FileChanged": "the file is no longer the one that was to be sent",
    "FileError": "the file can't be read or written",
    "HostUnreachable": "the server can't be reached",
    "InvalidArgument": "this can't be done so",
    "InvalidJid": "this is no valid address",
    "MembersOnly": "the room lets only its members in",
    "NameTaken": "another program has the name of the backend",
    "NicknameInUse": "somebody else has this nick in the room",
    "NoBus": "there is no session bus that can be used",
    "NotAllowed": "this is not allowed",
    "NotConnected": "there is no connection to the server",
    "NotRunning": "the backend is not running",
    "NotConfigured": "the backend is not running",
    "NotSupported": "this can't be done there, or with this version",
    "ProfileExists": "there is a profile of this name already",
    "ProfileLocked": "the profile is locked",
    "RoomFull": "the room is full",
    "RoomPasswordRequired": "the room asks for another password",
    "ServerError": "the server answers with an error",
    "StorageError": "the database can't be read or written",
    "Timeout": "no answer came in time",
    "TooLarge": "this is too large",
    "UnknownContact": "there is no such contact",
    "UnknownItem": "this is not there, or no longer",
    "UnknownMessage": "there is no such message",
    "UnknownProfile": "there is no such profile",
    "UnknownRoom": "there is no such room, or you are not in it",
    "UnknownTransfer": "there is no such file on its way",
    "WentAway": "the backend left without an answer",
    "WrongPassword": "the profile password is another one",
}
# Those of which the backend's sentence tells no more.
_WHOLE = {"BusLost", "ProfileLocked", "UnknownMessage", "UnknownTransfer", "WrongPassword"}


def reason(error: tuple[str, str]) -> str:
    """Return what people read of an error as records have it, by its name and its sentence."""
    name, told = error
    kind = KINDS.get(name, "")
    said = translation(kind)
    if not said:
        return told or kind
    return f"{said} ({told.rstrip('.')})" if told and name not in _WHOLE else said


@contextmanager
def in_words() -> Iterator[None]:
    """Have what the backend, or the way to it, raises meanwhile say what people read of it."""
    try:
        yield
    except (BackendError, LinkError) as error:
        name = error.name if isinstance(error, BackendError) else type(error).__name__
        error.args = (reason((name, str(error))),)
        raise
