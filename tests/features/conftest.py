"""Homes and peers, as the session's tests have them, and a room for those who want one."""

import pytest

from tests.backendd.session.conftest import let_time_pass, make_home, make_peer
from tests.backendd.session.rooms import enter, live_in, make_room

__all__ = ["let_time_pass", "make_home", "make_inmate", "make_peer", "room"]


@pytest.fixture
async def room(make_peer):
    """A room, and somebody in it."""
    peer = await make_peer()
    return await make_room(peer, "ann"), peer


@pytest.fixture
def make_inmate(make_home, room):
    """Call it for a home that is in the room, or to have `home` be there."""

    async def make(home=None, **history):
        home = await live_in(home or await make_home(**history))
        await enter(home, room[0])
        return home

    return make
