"""What an entity can do, in a word that its presence carries (XEP-0115).

The word is a hash of the whole answer to disco#info, so that an answer counts for all who send
the same word. What is hashed runs together, though: parts of one answer can be dealt out as
another that gives the same word. So only answers that can be read in one way count for others.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from backendd.api import text
from backendd.api.values import Value
from backendd.core import disco, forms, xml
from backendd.core.disco import Identity, Info
from backendd.core.fields import FORM_TYPE

CAPS = "http://jabber.org/protocol/caps"
NODE = "org.primitivus"

_HASHES = {"sha-1": "sha1", "sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512"}
_FORM_TYPES = frozenset({"urn:xmpp:dataforms:softwareinfo", "http://jabber.org/network/serverinfo"})
_WORD = re.compile(r"[\w.+-]+", re.ASCII)
_LANG = re.compile(r"[\w-]*", re.ASCII)
_IDENTITY = re.compile(r"[\w.+-]+/[\w.+-]+/[\w-]*/.*", re.ASCII | re.DOTALL)
_LIMIT = 500  # characters


class Caps(Value):
    """What a presence says of what its sender can do."""

    node: str
    hash: str
    ver: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells the answer, whoever gives it."""
        return self.hash, self.ver

    @property
    def is_checkable(self) -> bool:
        """Whether an answer can be held against it."""
        return self.hash in _HASHES

    @property
    def disco_node(self) -> str:
        """The node to ask for."""
        return f"{self.node}#{self.ver}"


def decode(presence: Element) -> Caps | None:
    """Return what `presence` announces; None where it is nothing, or of the form without a hash.

    The old form named versions and extensions that nothing can be held against.
    """
    found = xml.child(presence, CAPS, "c")
    if found is None:
        return None
    caps = Caps(found.get("node", ""), found.get("hash", ""), found.get("ver", ""))
    words = (caps.node, caps.hash, caps.ver)
    if not all(words) or any(text.clean_line(each, limit=_LIMIT) != each for each in words):
        return None
    return None if " " in caps.hash + caps.ver else caps


def announce(info: Info) -> Element:
    """Return what presence says of our own `info`."""
    ver = verification(disco.encode_info(info, None))
    return xml.element(CAPS, "c", {"hash": "sha-1", "node": NODE, "ver": ver})


def is_announced(node: str | None, info: Info) -> bool:
    """Return whether `node` asks for what we can do: by the name that was announced, or by none."""
    return node is None or node == f"{NODE}#{verification(disco.encode_info(info, node))}"


def verification(query: Element, hash_name: str = "sha-1") -> str:
    """Return the verification string of an answer (5.1), the same whoever computes it."""
    parts = ["/".join(one) for one in sorted(_identities(query))]
    parts += sorted(_features(query))
    for form_type, fields in sorted((_form_type(form), _fields(form)) for form in _forms(query)):
        parts += [form_type, *(part for name, values in fields for part in (name, *values))]
    hashed = "".join(f"{part}<" for part in parts).encode()
    return base64.b64encode(hashlib.new(_HASHES[hash_name], hashed).digest()).decode()


def vouched_for(query: Element, caps: Caps) -> Element | None:
    """Return what of an answer `caps` vouch for, whoever gave it; None where they don't (5.4).

    What is not hashed could say anything, and is left out.
    """
    if not caps.is_checkable or not _is_well_formed(query) or not _is_unambiguous(query):
        return None
    if verification(query, caps.hash) != caps.ver:
        return None
    identities = tuple(
        Identity(category, kind, name, lang) for category, kind, lang, name in _identities(query)
    )
    counted = disco.encode_info(Info(identities, frozenset(_features(query))), None)
    counted.extend(forms.result(_form_type(form), dict(_fields(form))) for form in _forms(query))
    return counted


def _is_well_formed(query: Element) -> bool:
    forms_of_it = _forms(query)
    return (
        _are_different(_identities(query))
        and _are_different(_features(query))
        and _are_different(map(_form_type, forms_of_it))
        and all(len(set(_values(_form_type_field(form)))) == 1 for form in forms_of_it)
    )


def _is_unambiguous(query: Element) -> bool:
    """Return whether no identity or feature of it can be taken for something else.

    Else `http://a/b` among the features could be dealt out as an identity, and the last of them
    as a form.
    """
    identities, features = _identities(query), _features(query)
    return (
        not any("<" in part for part in (*features, *(name for *_, name in identities)))
        and not any(_IDENTITY.fullmatch(feature) for feature in features)
        and all(
            _WORD.fullmatch(category) and _WORD.fullmatch(kind) and _LANG.fullmatch(lang)
            for category, kind, lang, _ in identities
        )
        and all(_form_type(form) in _FORM_TYPES for form in _forms(query))
    )


def _are_different(parts: Iterable[object]) -> bool:
    listed = list(parts)
    return len(listed) == len(set(listed))


def _identities(query: Element) -> list[tuple[str, ...]]:
    names = ("category", "type", xml.LANG, "name")
    found = query.iterfind(f"{{{disco.INFO}}}identity")
    return [tuple(each.get(name, "") for name in names) for each in found]


def _features(query: Element) -> list[str]:
    return [each.get("var", "") for each in query.iterfind(f"{{{disco.INFO}}}feature")]


def _forms(query: Element) -> list[Element]:
    """Return the forms that are hashed: those that say by a hidden field what they are."""
    found = query.iterfind(f"{{{forms.FORM}}}x")
    return [form for form in found if _form_type_field(form) is not None]


def _form_type_field(form: Element) -> Element | None:
    field = form.find(f"{{{forms.FORM}}}field[@var='{FORM_TYPE}']")
    return field if field is not None and field.get("type") == "hidden" and len(field) else None


def _form_type(form: Element) -> str:
    return next(iter(_values(_form_type_field(form))), "")


def _fields(form: Element) -> list[tuple[str, list[str]]]:
    fields = form.iterfind(f"{{{forms.FORM}}}field")
    return sorted(
        (field.get("var", ""), sorted(_values(field)))
        for field in fields
        if field.get("var") != FORM_TYPE
    )


def _values(field: Element | None) -> list[str]:
    found = field.iterfind(f"{{{forms.FORM}}}value") if field is not None else ()
    return [each.text or "" for each in found]
