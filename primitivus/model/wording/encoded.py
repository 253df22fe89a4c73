"""Texts in files of others, which may be in another encoding than they should be."""

from backendd.api.tuples import NamedTuple
from primitivus.sentences import ntr


class Decoded(NamedTuple):
    """What a file says, and which of its lines, from 1 on, hold bytes that aren't UTF-8."""

    text: str
    lines: tuple[int, ...] = ()

    @property
    def problem(self) -> str:
        """Return what is to be told of that; empty where there is nothing."""
        if not self.lines:
            return ""
        where = ", ".join(map(str, self.lines[:_MOST]))
        if (more := len(self.lines) - _MOST) > 0:
            return ntr(
                "lines {where} and {n} more are not UTF-8: read as Windows-1252, so look at them"
                " again",
                "lines {where} and {n} more are not UTF-8: read as Windows-1252, so look at them"
                " again",
                more,
                where=where,
            )
        return ntr(
            "line {where} is not UTF-8: read as Windows-1252, so look at it again",
            "lines {where} are not UTF-8: read as Windows-1252, so look at it again",
            len(self.lines),
            where=where,
        )


_MOST = 5


def decode(data: bytes) -> Decoded:
    """Return what is in a file; each byte that is no UTF-8 is the character that it is elsewhere.

    That is Windows-1252, line by line. Of what no text may hold a sign stays.
    """
    lines = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")
    said, wrong = list[str](), list[int]()
    for number, line in enumerate(lines, 1):
        try:
            said.append(line.decode())
        except UnicodeDecodeError:
            said.append(_as_elsewhere(line))
            wrong.append(number)
    # Nothing that ends a string where others read it.
    return Decoded("\n".join(said).replace("\0", "\N{REPLACEMENT CHARACTER}"), tuple(wrong))


def _as_elsewhere(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:  # of a few bytes that doesn't know
        return line.decode("latin-1")
