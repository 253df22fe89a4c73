"""Addresses (RFC 7622), the only place that normalises one.

slixmpp's own JID follows the older stringprep: it refuses emoji in resources and maps some
letters to others. So everything here works on the raw attribute.
"""

import contextlib
import functools
import ipaddress
from collections.abc import Callable

from backendd.api.errors import InvalidJid
from backendd.api.text import clean
from backendd.api.values import Value
from backendd.core import domains

_LOCAL_FORBIDDEN = frozenset("\"&'/:<>@")
_PART_BYTES = 1023


class Jid(Value):
    """A normalised address; `local` and `resource` are empty where there is none."""

    local: str
    domain: str
    resource: str = ""

    @property
    def bare(self) -> str:
        """The address without its resource."""
        return f"{self.local}@{self.domain}" if self.local else self.domain

    @property
    def full(self) -> str:
        """The address with its resource, where it has one."""
        return f"{self.bare}/{self.resource}" if self.resource else self.bare


# A burst of messages comes from few senders, and PRECIS takes some 50 us each time.
@functools.lru_cache(maxsize=4096)
def parse(text: str) -> Jid:
    """Return the address that `text` writes; InvalidJid says what is wrong with it."""
    if len(text) > 3 * _PART_BYTES + 2:
        raise InvalidJid("this is too long for an address")
    before, slash, resource = text.partition("/")
    local, at, domain = before.rpartition("@")
    if (at and not local) or (slash and not resource):
        raise _invalid(text, "one part of it is empty")
    if any(map(str.isspace, before)):
        raise _invalid(text, "there is a blank in it")
    return Jid(
        _local(local, text) if local else "",
        _domain(domain, text),
        _resource(resource, text) if resource else "",
    )


@functools.lru_cache(maxsize=4096)
def received(text: str) -> Jid:
    """Return the address that a server wrote: what the rules refuse in it is kept as it came.

    Servers go by other rules and by other versions of Unicode, and what one delivers can be
    written back to. InvalidJid where it names nobody, or can't be shown as what it is.
    """
    with contextlib.suppress(InvalidJid):
        return parse(text)
    before, _, resource = text.partition("/")
    if not before or len(before) > 2 * _PART_BYTES + 1:
        raise InvalidJid(f"{shown(text)} isn't a valid address")
    if clean(before) != before or "\n" in before or "\t" in before:
        raise _invalid(text, "it has characters that can't be shown")
    local, at, domain = before.partition("@")
    if at and not (local and domain):
        return Jid("", before, _received_resource(resource))
    return Jid(
        _kept(_local, local) if at else "",
        _kept(_domain, domain if at else local),
        _received_resource(resource),
    )


def check_nick(address: Jid) -> None:
    """Raise InvalidJid where an occupant can't be shown by nick as what they are."""
    nick = address.resource
    if clean(nick) != nick or not {"\n", "\t"}.isdisjoint(nick):
        raise InvalidJid(f"{shown(address.full)} has characters that can't be shown")


def _received_resource(resource: str) -> str:
    if len(resource.encode()) > _PART_BYTES:
        return ""  # no server can have such a client
    return _kept(_resource, resource) if resource else ""


def _kept(normalised: Callable[[str, str], str], part: str) -> str:
    try:
        return normalised(part, part)
    except InvalidJid:
        return part


def bare(text: str) -> str:
    """Return the normalised bare address that `text` writes, any resource dropped."""
    return parse(text).bare


def account(text: str) -> str:
    """Return `text` as the bare address of an account: it needs a part before the @."""
    jid = parse(text)
    if not jid.local:
        raise InvalidJid(f"{shown(text)} has no name before the @; write name@server")
    return jid.bare


def own_account(text: str) -> str:
    """Return `text` as the address of an account to log in to: a resource is no part of it."""
    if resource := parse(text).resource:
        raise InvalidJid(f"an account's address ends before the /: leave out {shown(resource)}")
    return account(text)


def correspondent(text: str) -> Jid:
    """Return `text` as the address of somebody to write to: of an account, a server or service.

    A word without an @ and without a dot is rather a name that somebody has mistyped.
    """
    jid = parse(text)
    if not (jid.local or set(".:") & set(jid.domain)):
        account(text)
    return jid


def may_answer(own: Jid, asked: str | None, sender: str | None) -> bool:
    """Return whether what `sender` answers may be what was `asked` (RFC 6120 8.1.2.1).

    Nobody is our own account, which we are as `own`; only its server can leave out who it is.
    """
    ours = {own.bare, own.full, own.domain}
    if not sender:
        return not asked or _as_received(asked) in ours
    if not asked:
        return _as_received(sender) in ours
    return _as_received(sender) == _as_received(asked)


def _as_received(text: str) -> str:
    try:
        return received(text).full
    except InvalidJid:
        return text


def _local(local: str, text: str) -> str:
    # PRECIS does no more to such a one, but takes its time.
    is_plain = local.isascii() and local.isprintable() and " " not in local
    enforced = local.lower() if is_plain else _enforce("UsernameCaseMapped", local, text)
    _check_length(enforced, text)
    # Afterwards as well: a fullwidth @ has become one of them.
    if _LOCAL_FORBIDDEN & {*local, *enforced}:
        raise _invalid(text, "a character before the @ isn't allowed")
    return enforced


def _resource(resource: str, text: str) -> str:
    is_plain = resource.isascii() and resource.isprintable()
    enforced = resource if is_plain else _enforce("OpaqueString", resource, text)
    _check_length(enforced, text)
    return enforced


def _enforce(profile: str, part: str, text: str) -> str:
    """Return `part` as a profile of PRECIS (RFC 8265) has it."""
    from precis_i18n import get_profile  # late: most addresses are ASCII

    try:
        enforced: str = get_profile(profile).enforce(part)
    except UnicodeError as error:
        raise _invalid(text, "it has a character that isn't allowed") from error
    return enforced


def _check_length(part: str, text: str) -> None:
    if len(part.encode()) > _PART_BYTES:
        raise _invalid(text, "one part of it is too long")


def _domain(domain: str, text: str) -> str:
    if domain.startswith("[") and domain.endswith("]"):
        return f"[{_address(domain[1:-1], text)}]"
    try:
        return domains.normalise(domain)
    except UnicodeError as error:
        raise _invalid(text, "its server name isn't valid") from error


def _address(literal: str, text: str) -> str:
    try:
        return ipaddress.IPv6Address(literal).compressed
    except ValueError as error:
        raise _invalid(text, "its IPv6 address isn't valid") from error


def _invalid(text: str, why: str) -> InvalidJid:
    return InvalidJid(f"{shown(text)} isn't a valid address: {why}")


def shown(text: str) -> str:
    """Return `text` as it may stand in a sentence: short, in quotes, without control characters."""
    shown = "".join(char if char.isprintable() else "?" for char in text[:60])
    return f'"{shown}"'
