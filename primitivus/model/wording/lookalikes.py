"""Names that look like others, though other letters make them."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# What letters of other scripts look like in most fonts, and what one can take for an l or an o.
_LIKE = {
    **dict(
        zip(  # Cyrillic
            "\u0430\u0432\u0435\u050d\u04bb\u0456\u04cf\u0458\u043a\u043c\u043d\u043e"
            "\u051b\u0440\u0441\u0455\u0442\u0443\u051d\u0445\u0501\u0475",
            "abeghlljkmhoqpcstywxdv",
            strict=True,
        )
    ),
    **dict(
        zip(  # Greek
            "\u03b1\u03b2\u03b3\u03b5\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5"
            "\u03c7\u03c9\u03f3",
            "abyenlkvoptuxwj",
            strict=True,
        )
    ),
    **dict(
        zip(  # Armenian
            "\u0561\u0585\u0578\u057d\u0570\u0581",
            "aonuhg",
            strict=True,
        )
    ),
    **dict(
        zip(  # Latin
            "\u0131\u0251\u0261\u0269\u028b",
            "laglv",
            strict=True,
        )
    ),
    **dict(zip("i1|!0", "llllo", strict=True)),
}
_TABLE = str.maketrans(_LIKE)
_PAIRS = (("rn", "m"), ("vv", "w"))
# What takes no room and changes nothing that one sees: most of it is of the category Cf.
_UNSEEN = frozenset(
    (
        *(chr(code) for code in (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0)),
        *(chr(code) for code in range(0xFE00, 0xFE10)),
        *(chr(code) for code in range(0xE0100, 0xE01F0)),
        *(chr(code) for code in range(0x180B, 0x1810)),
    )
)


@lru_cache(maxsize=8192)
def skeleton(name: str) -> str:
    """Return what is the same of names that one takes for each other."""
    plain = name if name.isascii() else _seen(name)
    drawn = unicodedata.normalize("NFC", plain.casefold().translate(_TABLE))
    for pair, one in _PAIRS:
        drawn = drawn.replace(pair, one)
    return "".join(drawn.split())


def _seen(name: str) -> str:
    """Return the letters of a name as plain as they come, without those that nobody sees."""
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not _is_unseen(char))


def _is_unseen(char: str) -> bool:
    return char in _UNSEEN or unicodedata.category(char) == "Cf"


def told_apart(name: str, other: str) -> str:
    """Return by which characters `name` is another than `other`, as Unicode calls them."""
    own = [char for char in dict.fromkeys(name) if char not in other]
    return ", ".join(unicodedata.name(char, f"U+{ord(char):04X}").lower() for char in own)


class Lookalikes:
    """Who of some people is called almost as somebody else of them; kept as they come and go."""

    def __init__(self) -> None:
        self._by_skeleton: dict[str, set[str]] = {}
        self._alike: set[str] = set()
        self._names: frozenset[str] | None = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """Return all of whom that is so; the same until somebody comes or goes of them."""
        if self._names is None:
            self._names = frozenset(self._alike)
        return self._names

    def add(self, name: str) -> None:
        """Take somebody in."""
        group = self._by_skeleton.setdefault(skeleton(name), set())
        group.add(name)
        if len(group) > 1 and name not in self._alike:
            self._alike |= group if len(group) == 2 else {name}
            self._names = None

    def remove(self, name: str) -> None:
        """Have somebody gone."""
        key = skeleton(name)
        group = self._by_skeleton.get(key, set())
        group.discard(name)
        if name in self._alike:
            self._alike -= {name, *group} if len(group) == 1 else {name}
            self._names = None
        if not group:
            self._by_skeleton.pop(key, None)

    def of(self, name: str) -> Sequence[str]:
        """Return who else has almost the same name, in order."""
        return sorted(self._by_skeleton.get(skeleton(name), set()) - {name})
