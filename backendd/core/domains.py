"""Server names under one set of rules, IDNA 2008: to compare, to ask for, to hold a certificate to.

The names of Python's own codec are those of IDNA 2003: it asks for another domain where the two
differ. `idna` costs 2 MB, so it comes with the first name that needs it.
"""

import functools
import unicodedata

_DOT = "\u3002"
_LABEL, _NAME = 63, 253  # RFC 1035


# Many addresses have one in common: those of a room, or of a server.
@functools.lru_cache(maxsize=1024)
def normalise(domain: str) -> str:
    """Return `domain` as RFC 7622 section 3.2 has it, in U-labels; UnicodeError if it is none."""
    mapped = unicodedata.normalize("NFC", "".join(map(_mapped, domain))).replace(_DOT, ".")
    name = ".".join(map(_label, mapped.removesuffix(".").split(".")))
    if len(to_ascii(name)) > _NAME:
        raise UnicodeError(domain)
    return name


def to_ascii(domain: str) -> str:
    """Return the name under which DNS and certificates have a normalised domain, in A-labels.

    UnicodeError where there is none.
    """
    if domain.isascii():
        return domain
    return ".".join(each if each.isascii() else _alabel(each) for each in domain.split("."))


def _mapped(char: str) -> str:
    kind, _, code = unicodedata.decomposition(char).partition(" ")
    if kind in ("<wide>", "<narrow>"):
        char = chr(int(code, 16))
    # Each for itself: at the end of a word Python knows another small sigma.
    return char.lower()


def _label(label: str) -> str:
    if label.startswith("xn--"):
        decoded = _ulabel(label)
        if _alabel(decoded) != label:
            raise UnicodeError(label)
        return decoded
    if not label.isascii():
        _alabel(label)
        return label
    # Underscores are no host name, but private networks have them; servers accept them.
    is_sound = all(char.isalnum() or char in "-_" for char in label)
    if not (0 < len(label) <= _LABEL and is_sound) or label.startswith("-") or label.endswith("-"):
        raise UnicodeError(label)
    return label


def _alabel(label: str) -> str:
    import idna

    return idna.alabel(label).decode()


def _ulabel(label: str) -> str:
    import idna

    return idna.ulabel(label)
