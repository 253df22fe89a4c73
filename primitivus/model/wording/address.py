"""Addresses as people read them: some have characters escaped (XEP-0106)."""

import re

_ESCAPES = {f"\\{ord(char):02x}": char for char in " \"&'/:<>@\\"}
_ESCAPE = re.compile("|".join(map(re.escape, _ESCAPES)))


def occupant(jid: str) -> tuple[str, str]:
    """Return the room and the nick of an occupant; a bare JID has no nick."""
    room, _, nick = jid.partition("/")
    return room, nick


def called(jid: str) -> str:
    """Return what to call whoever has an address that nobody has given a name."""
    bare, nick = occupant(jid)
    return nick or local_part(bare)


def local_part(jid: str) -> str:
    """Return what stands before the last @ of a bare JID as it is meant; else all of it.

    It may look like the address of somebody else, so it is a name and never an address.
    """
    local, _, domain = jid.rpartition("@")
    if not (local.strip() and domain):
        return jid
    if "\\" not in local:
        return local  # nearly all; asked of each name in each frame
    if local.startswith("\\20") or local.endswith("\\20"):
        return local  # no escape may stand there for a blank
    return _ESCAPE.sub(lambda match: _ESCAPES[match[0]], local)


def with_meaning(jid: str) -> str:
    """Return an address and, where it has escapes, in brackets what they mean."""
    bare, _ = occupant(jid)
    meant = local_part(bare)
    return jid if bare == meant or bare.startswith(f"{meant}@") else f"{jid} ({meant})"
