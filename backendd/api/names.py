"""The bus name, object paths and interface names of the contract (docs/dbus.md)."""

BUS_NAME = "org.primitivus.Backend1"
ROOT_PATH = "/org/primitivus/Backend1"
PROFILES_PATH = ROOT_PATH + "/profile"

MANAGER = BUS_NAME + ".Manager"
PROFILE = BUS_NAME + ".Profile"
ROSTER = BUS_NAME + ".Roster"
MESSAGES = BUS_NAME + ".Messages"
ROOMS = BUS_NAME + ".Rooms"
SERVICES = BUS_NAME + ".Services"
FILES = BUS_NAME + ".Files"
BLOG = BUS_NAME + ".Blog"

ERROR_PREFIX = BUS_NAME + ".Error."
DEFAULT_PROFILE = "@DEFAULT@"

_PLAIN = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_DIGITS = frozenset(b"0123456789")


def encode_label(text: str) -> str:
    """Return `text` as one element of an object path, escaped as sd_bus_path_encode(3) does."""
    if not text:
        return "_"
    escaped = []
    for index, byte in enumerate(text.encode()):
        is_plain = byte in _PLAIN and not (index == 0 and byte in _DIGITS)
        escaped.append(chr(byte) if is_plain else f"_{byte:02x}")
    return "".join(escaped)


def decode_label(label: str) -> str:
    """Return the text that is one element of an object path; what is no such one as it is."""
    if label == "_":
        return ""
    first, *others = label.split("_")
    try:
        parts = [bytes.fromhex(each[:2]) + each[2:].encode() for each in others]
        return (first.encode() + b"".join(parts)).decode()
    except ValueError:
        return label


def profile_path(name: str) -> str:
    """Return the object path of the profile called `name`."""
    return f"{PROFILES_PATH}/{encode_label(name)}"
