"""Pictures that the terminal holds by their numbers, and shows in place of characters (kitty)."""

import base64
import os
from collections import deque
from collections.abc import Callable, Collection, Iterator
from itertools import count

from primitivus.widgets.terminal.style import Style

# What a command may carry.
_CHUNK = 4096
_OVER = "\x1b_Gq=2,m=0;\x1b\\"
# A terminal holds 320 MB for all that run in it.
MOST_HELD = 64 << 20
_NUMBERS = 1 << 24
_BYTES = 4

# Who else draws in this terminal has numbers, too.
_numbers = count(int.from_bytes(os.urandom(3), "big"))


class Image:
    """One that is to be shown; two are never the same."""

    __slots__ = ("_data", "columns", "number", "pixels", "rows")

    def __init__(self, data: bytes, pixels: tuple[int, int], columns: int, rows: int) -> None:
        """Take so many RGBA pixels across and down, as zlib has them."""
        self.number = next(_numbers) % (_NUMBERS - 1) + 1
        self.pixels = pixels
        self.columns = columns
        self.rows = rows
        self._data = data

    @property
    def style(self) -> Style:
        """Return the style by which placeholders are of this picture."""
        number = self.number
        return Style(foreground=f"38;2;{number >> 16};{number >> 8 & 255};{number & 255}")

    @property
    def size(self) -> int:
        """Return how many bytes it takes in the terminal."""
        return self.pixels[0] * self.pixels[1] * _BYTES

    def told(self) -> Iterator[str]:
        """Yield the commands that give it to the terminal; nothing of others may be between."""
        width, height = self.pixels
        size = f"s={width},v={height},c={self.columns},r={self.rows}"
        control = f"a=T,U=1,q=2,f=32,o=z,i={self.number},{size},"
        data = base64.b64encode(self._data).decode()
        for start in range(0, len(data), _CHUNK):
            is_last = start + _CHUNK >= len(data)
            yield f"\x1b_G{control}m={0 if is_last else 1};{data[start : start + _CHUNK]}\x1b\\"
            control = "q=2,"

    def freed(self) -> str:
        """Return the command that has the terminal forget it."""
        return f"\x1b_Ga=d,d=I,q=2,i={self.number}\x1b\\"


class Held:
    """What the terminal holds: it gets what is shown, and keeps what was, within bounds.

    All goes bit by bit, so that what is typed never waits for a picture.
    """

    def __init__(self, wrap: Callable[[str], str] = str, most: int = MOST_HELD) -> None:
        """`wrap` makes of a command what reaches the terminal that has them."""
        self._wrap = wrap
        self._most = most
        # Those that it has or is getting, what is shown last.
        self._images: dict[Image, None] = {}
        self._due: deque[Image] = deque()
        # The commands that are left of the one that is on its way.
        self._going: deque[str] = deque()
        self._shown: Collection[Image] = ()

    def show(self, images: Collection[Image]) -> None:
        """Take note that these are on the screen, and no others."""
        self._due = deque(each for each in self._due if each in images)
        for image in images:
            if image not in self._images and image not in self._due:
                self._due.append(image)
            elif image in self._images:
                self._images[image] = self._images.pop(image)
        self._shown = images

    def next(self) -> str:
        """Return what is to be sent next; nothing where all is there."""
        if self._going:
            return self._wrap(self._going.popleft())
        if not self._due:
            return ""
        image = self._due.popleft()
        self._images[image] = None
        self._going.extend(image.told())
        freed = "".join(self._wrap(each.freed()) for each in self._too_many())
        return freed + self.next()

    def forget(self) -> None:
        """Give the terminal all that is shown once more; it may have lost it."""
        self._going.extend(each.freed() for each in self._images)
        self._images.clear()
        self._due = deque(self._shown)

    def end(self) -> str:
        """Return what has the terminal forget all."""
        freed = "".join(self._wrap(each.freed()) for each in self._images)
        # What is on its way has to be over before anything else.
        return self._wrap(_OVER) + freed if self._going else freed

    def _too_many(self) -> Iterator[Image]:
        size = sum(each.size for each in self._images)
        for image in [each for each in self._images if each not in self._shown]:
            if size <= self._most:
                return
            size -= image.size
            del self._images[image]
            yield image
