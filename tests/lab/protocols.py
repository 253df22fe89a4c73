"""What pyte knows nothing of: keyboard protocols, the background's colour, notifications."""

import re

from tests.lab.graphics import QUESTION, Graphics

_ESC = b"\x1b"
_SAID = re.compile(
    rb"\x1b\[(?P<sign>[<>=?])(?P<numbers>[0-9;]*)(?P<final>[um])"
    rb"|\x1b\](?P<colour>1[01]);\?(?:\x07|\x1b\\)"
    rb"|\x1b\]52;c;(?P<copied>[A-Za-z0-9+/=]*)(?:\x07|\x1b\\)"
    rb"|\x1b\]9;(?P<notified>[^\x07\x1b]*)\x07"
)
# What may go on in the next read.
_BEGUN = re.compile(
    rb"\x1b(?:\[(?:[<>=?0-9][0-9;]*)?|[_P][^\x1b]*\x1b?"
    rb"|\](?:[15][0-9;?cA-Za-z+/=]*\x1b?|[89][^\x07\x1b]*\x1b?)?)?\Z"
)


class Protocols:
    """Takes them out of what a program writes, and answers as a terminal that has them.

    `keyboard` is "kitty", "xterm" or nothing; `background` a colour as in `rgb:ffff/ffff/ffff`;
    `graphics` are the pictures that it shows, by default none.
    """

    def __init__(
        self, keyboard: str = "", background: str = "", graphics: Graphics | None = None
    ) -> None:
        self.keyboard = keyboard
        self.graphics = graphics or Graphics(cell=None)
        self.background = background
        self.flags = [0]
        """The flags of the kitty protocol that were pushed, the last one in force."""
        self.modify_other_keys = 0
        self.copied: list[bytes] = []
        """What was sent to the clipboard, in base64."""
        self.notified: list[str] = []
        """What it was to notify of."""
        self.asked = 0
        """How many questions the terminal was asked."""
        self.left = 0
        """How often a protocol that was on was switched off."""
        self._begun = b""

    @property
    def attributes(self) -> str:
        """What the terminal says of itself (DA1)."""
        said = "62;4" if self.graphics.sixel else "62"
        # It ends with a number that is missing.
        is_kitty = self.keyboard == "kitty" or self.graphics.kitty
        return f"{said};" if is_kitty else said

    @property
    def is_plain(self) -> bool:
        """Whether keys come as in any terminal."""
        return self.flags == [0] and not self.modify_other_keys

    def filter(self, data: bytes) -> tuple[bytes, bytes]:
        """Return `data` without them, and the answers."""
        data = self._begun + data
        begun = _BEGUN.search(data)
        self._begun = begun.group() if begun else b""
        data = data[: len(data) - len(self._begun)]
        answers: list[bytes] = []

        def take(match: "re.Match[bytes]") -> bytes:
            answers.append(self._answer(match))
            return b""

        def ask(match: "re.Match[bytes]") -> bytes:
            answers.append(self.graphics.answer(match))
            return b""

        data = _SAID.sub(take, data)
        return QUESTION.sub(ask, data), b"".join(answers)

    def _answer(self, match: "re.Match[bytes]") -> bytes:
        self.asked += match["sign"] == b"?" or bool(match["colour"])
        if match["colour"]:
            colour = self.background.encode()
            return _ESC + b"]" + match["colour"] + b";" + colour + b"\x07" if colour else b""
        if match["copied"] is not None:
            self.copied.append(match["copied"])
            return b""
        if match["notified"] is not None:
            self.notified.append(match["notified"].decode())
            return b""
        numbers = [int(each) for each in match["numbers"].split(b";") if each]
        if match["final"] == b"u" and self.keyboard == "kitty":
            return self._kitty(match["sign"], numbers)
        if match["final"] == b"m" and self.keyboard == "xterm" and numbers[:1] == [4]:
            return self._xterm(match["sign"], numbers[1:])
        return b""

    def _kitty(self, sign: bytes, numbers: list[int]) -> bytes:
        if sign == b"?":
            return b"\x1b[?%du" % self.flags[-1]
        if sign == b">":
            self.flags.append(numbers[0] if numbers else 0)
        elif sign == b"<" and len(self.flags) > 1:
            self.flags.pop()
            self.left += 1
        return b""

    def _xterm(self, sign: bytes, numbers: list[int]) -> bytes:
        if sign == b"?":
            return b"\x1b[>4;%dm" % self.modify_other_keys
        level = numbers[0] if numbers else 0
        self.left += bool(self.modify_other_keys and not level)
        self.modify_other_keys = level
        return b""
