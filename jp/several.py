"""One thing done to several: to all that it can be done to, and what it can't is named."""

from collections.abc import Awaitable, Callable, Sequence

from backendd.api.blocking import Unanswered
from backendd.api.errors import BackendError
from backendd.api.signature import Plain
from jp.failures import Failure
from jp.session import Session


async def each_of(
    session: Session,
    things: Sequence[Plain],
    named: Callable[[Plain], str],
    do: Callable[[Plain], Awaitable[object]],
) -> None:
    """Do something to each thing; Failure where it could not be done to some, once all were tried.

    What can't be done to a single one is the error that it is. Of several each is told of by what
    it is `named`.
    """
    if len(things) < 2:
        for each in things:
            await do(each)
        return
    await session.path()  # without a profile there is one error, and not one of each
    failed = 0
    for each in things:
        try:
            await do(each)
        except Unanswered:
            raise
        except BackendError as error:
            session.out.note(f"{named(each)}: {error}")
            failed += 1
    if failed:
        raise Failure(f"it was done for {len(things) - failed} of {len(things)}")
