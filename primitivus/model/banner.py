"""The one line that says what is wrong with the connection, and since or until when."""

from dataclasses import dataclass

from primitivus.model.clock import clock
from primitivus.model.link import Attachment, Backend
from primitivus.model.profile import Profile


@dataclass(frozen=True, slots=True)
class Banner:
    """A sentence to show above the messages; a quiet one is no trouble, only news."""

    text: str
    quiet: bool = False


# What may be missing, as people call it.
_MISSING = {
    "disco": "what it can do",
    "roster": "contacts",
    "carbons": "copies from other clients",
}

# What helps against errors of a connection, by their names.
_CURES = {
    "AuthenticationFailed": ", :xmpp-password corrects the password, :account the address",
    "HostUnreachable": ", :account changes address and server",
    "CertificateError": ", :account changes whom to trust",
}


def banner(backend: Backend, profile: Profile) -> Banner | None:
    """Return what to show, or None when all is well."""
    if backend.attachment is Attachment.LOST:
        since = clock(backend.since_us)
        return Banner(
            f"The backend is gone since {since}; what you type is kept. Start it with: backendd"
        )
    if not profile.name:
        return None
    return _of_state(profile) or _of_stream(profile)


def _of_stream(profile: Profile) -> Banner | None:
    if profile.missing:
        lacking = ", ".join(_MISSING.get(word, word) for word in profile.missing)
        return Banner(f"The server doesn't answer: {lacking}; trying again", quiet=True)
    if profile.syncing:
        return Banner("Catching up with the archive of the server", quiet=True)
    return None


def _of_state(profile: Profile) -> Banner | None:
    why = _sentence(profile.last_error[1])
    cure = _CURES.get(profile.last_error[0], "")
    match profile.state:
        case "locked":
            return Banner("The profile is locked: :unlock asks for its password")
        case "connecting":
            return Banner(f"Connecting as {profile.jid}{why}", quiet=not why)
        case "waiting":
            again = _exact_clock(profile.next_attempt)
            return Banner(f"Not connected{why}; next attempt {again} (:connect tries now{cure})")
        case "offline":
            return Banner(f"Offline{why} (:connect goes online{cure})", quiet=not why)
    return None


def _sentence(text: str) -> str:
    return f": {text.rstrip('.')}" if text else ""


def _exact_clock(time_us: int) -> str:
    if not time_us:
        return "soon"
    return "at " + clock(time_us, "%H:%M:%S")
