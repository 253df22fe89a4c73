"""Lists that the backend tells a page after the other."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from backendd.api.records import Record
from backendd.api.signature import Plain
from jp.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    R = TypeVar("R", bound=Record)

_PAGE = 500


async def gather(
    session: Session,
    ask: "Callable[[int, str], Awaitable[tuple[Sequence[R], Mapping[str, Plain]]]]",
    limit: int,
    is_wanted: "Callable[[R], bool] | None" = None,
) -> "list[R]":
    """Return the first records of a list, up to the first that is not wanted.

    `ask` is called with how many to return at most, and after what. Where what it returns is as it
    was read before, that is told.
    """
    found: list[R] = []
    after = ""
    while len(found) < limit:
        page, about = await ask(min(_PAGE, limit - len(found)), after)
        if about.get("offline") and not after:
            _tell_offline(session, about)
        for each in page:
            if is_wanted is not None and not is_wanted(each):
                return found[:limit]
            found.append(each)
        before, after = after, str(about.get("next", ""))
        if after in ("", before):
            break
    return found[:limit]


def _tell_offline(session: Session, about: Mapping[str, Plain]) -> None:
    kind, sentence = about.get("error") or ("", "")
    why = sentence or kind or "there is no connection"
    session.out.note(f"this is as it was read before: {why}")
