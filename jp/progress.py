"""How far long work is: a bar on a terminal, nothing anywhere else."""

import sys

from backendd.api.text import clean_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

    from tqdm import tqdm


class Progress:
    """A bar for bytes, on standard error where that is a terminal."""

    def __init__(self, name: str) -> None:
        self._name = clean_line(name)
        self._bar: tqdm[None] | None = None

    def __enter__(self) -> "Self":
        if sys.stderr is not None and sys.stderr.isatty():
            from tqdm import tqdm

            # Without colours, and gone once the work is done.
            self._bar = tqdm(
                desc=self._name, unit="B", unit_scale=True, leave=False, file=sys.stderr,
                dynamic_ncols=True,
            )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def tell(self, done: int, total: int) -> None:
        """Say how many bytes of how many are done; a total of 0 is not known."""
        if self._bar is not None:
            self._bar.total = total or None
            self._bar.update(done - self._bar.n)
