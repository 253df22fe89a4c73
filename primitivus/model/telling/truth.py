"""Which sentences in the status line are still true: those tied to a state that lasts."""

from collections.abc import Callable, Mapping

from primitivus.model.accounts.link import Attachment, Backend
from primitivus.model.accounts.profile import Profile

_Check = Callable[[Backend, Profile], bool]


def is_true(about: str, backend: Backend, profile: Profile) -> bool:
    """Return whether a sentence about this, mostly the name of an error, may still be shown."""
    check = _LASTING.get(about)
    return check is None or check(backend, profile)


def _is_locked(_: Backend, profile: Profile) -> bool:
    return profile.is_locked


def _is_offline(_: Backend, profile: Profile) -> bool:
    return profile.state != "online"


def _is_alone(backend: Backend, _: Profile) -> bool:
    return backend.attachment is not Attachment.ATTACHED


_LASTING: Mapping[str, _Check] = {
    "ProfileLocked": _is_locked,
    "NotConnected": _is_offline,
    "AuthenticationFailed": _is_offline,
    "CertificateError": _is_offline,
    "HostUnreachable": _is_offline,
    "NoBus": _is_alone,
    "BusLost": _is_alone,
    "NotRunning": _is_alone,
    "NotConfigured": _is_alone,
}
