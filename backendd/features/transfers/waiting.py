"""Waiting for transfers to be over."""

import asyncio
from collections.abc import Sequence

from backendd.api import records
from backendd.api.errors import InvalidArgument, Timeout, UnknownTransfer
from backendd.core.transfers import OVER, TransfersChanged, TransfersRemoved
from backendd.session.home import Home
from backendd.store import transfers


async def until_over(
    home: Home, ids: Sequence[int], timeout_s: float
) -> Sequence[records.Transfer]:
    """Return these transfers once all are over; UnknownTransfer, Timeout, InvalidArgument."""
    if not ids:
        raise InvalidArgument("no transfer to wait for")
    news = asyncio.Event()
    ends = [
        home.events.subscribe(event, lambda _: news.set())
        for event in (TransfersChanged, TransfersRemoved)
    ]
    try:
        # The first look is not cut short: without time to wait it is all there is.
        found = await _load(home, ids)
        async with asyncio.timeout(timeout_s):
            while going := [each for each in found if each.state not in OVER]:
                await news.wait()
                news.clear()
                found = await _load(home, ids)
    except TimeoutError:
        one = going[0]
        others = f", and {len(going) - 1} more" if len(going) > 1 else ""
        raise Timeout(f"transfer {one.id} is still {one.state}{others}") from None
    else:
        return found
    finally:
        for end in ends:
            end()


async def _load(home: Home, ids: Sequence[int]) -> Sequence[records.Transfer]:
    known = {each.id: each for each in await home.store.read(lambda v: transfers.load(v, ids))}
    for id in ids:
        if id not in known:
            raise UnknownTransfer(f"there is no transfer {id}")
    return [home.transfers.live(known[id]) for id in ids]
