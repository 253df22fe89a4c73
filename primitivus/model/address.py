"""Addresses as people read them: some have characters escaped (XEP-0106)."""

import re

_ESCAPES = {f"\\{ord(char):02x}": char for char in " \"&'/:<>@\\"}
_ESCAPE = re.compile("|".join(map(re.escape, _ESCAPES)))


def local_part(jid: str) -> str:
    """Return what stands before the last @ as it is meant; where nothing does, all of it.

    It may look like the address of somebody else, so it is a name and never an address.
    """
    local, _, _ = jid.rpartition("@")
    if not local.strip():
        return jid
    if local.startswith("\\20") or local.endswith("\\20"):
        return local  # no escape may stand there for a blank
    return _ESCAPE.sub(lambda match: _ESCAPES[match[0]], local)


def with_meaning(jid: str) -> str:
    """Return an address and, where it has escapes, in brackets what they mean."""
    meant = local_part(jid)
    return jid if jid == meant or jid.startswith(f"{meant}@") else f"{jid} ({meant})"
