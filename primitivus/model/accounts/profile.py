"""A profile of the backend: what its D-Bus properties say."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from backendd.api import records
from backendd.api.values import Value, field
from backendd.api.words import Show
from primitivus.model.wording.warned import warning


class Profile(Value):
    """One account as the backend describes it; all empty before the first answer."""

    path: str = ""
    id: str = ""
    name: str = ""
    jid: str = ""
    state: str = ""
    syncing: bool = False
    # What the server has not answered yet.
    missing: tuple[str, ...] = ()
    next_attempt: int = 0
    last_error: tuple[str, str] = ("", "")
    has_password: bool = False
    show: Show | Literal[""] = ""
    status: str = ""
    # How the server is reached; the keys are those of the property Settings.
    settings: Mapping[str, Any] = field(default_factory=dict)
    # What doesn't work as it should, the oldest first.
    warnings: tuple[records.Warning, ...] = ()

    @property
    def is_locked(self) -> bool:
        return self.state == "locked"


_FIELDS = {
    "Id": "id",
    "Name": "name",
    "Jid": "jid",
    "State": "state",
    "Syncing": "syncing",
    "Missing": "missing",
    "NextAttempt": "next_attempt",
    "LastError": "last_error",
    "HasPassword": "has_password",
    "Show": "show",
    "Status": "status",
    "Settings": "settings",
    "Warnings": "warnings",
}


def update(profile: Profile, properties: Mapping[str, Any]) -> Profile:
    """Return `profile` with what `properties` (by their D-Bus names) say; others are left alone."""
    known = {_FIELDS[name]: value for name, value in properties.items() if name in _FIELDS}
    if "last_error" in known:
        name, text = known["last_error"]
        known["last_error"] = (name, text)
    if "missing" in known:
        known["missing"] = tuple(known["missing"])
    if "warnings" in known:
        known["warnings"] = tuple(map(warning, known["warnings"]))
    return replace(profile, **known)
