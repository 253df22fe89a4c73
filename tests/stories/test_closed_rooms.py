"""An owner closes a room: who comes in is decided by lists, and by what its form says."""

import pytest

from tests.lab.authority import Authority
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN
from tests.stories.test_moderating import answer, command, gathered
from tests.stories.test_rooms import enter

pytestmark = pytest.mark.components

NAMES = ("alice", "bob", "carol")
ELSEWHERE = "elsewhere.localhost"


@pytest.fixture
def server(tmp_path):
    """A server with a second domain, on which mallory is."""
    authority = Authority(tmp_path / "ca")
    certificate, key = authority.issue(tmp_path / "elsewhere", ELSEWHERE)
    host = f'VirtualHost "{ELSEWHERE}"\nssl = {{ certificate = "{certificate}"; key = "{key}" }}'
    with Prosody(
        *(tmp_path / "server",), accounts=NAMES, components=True, authority=authority, settings=host
    ) as own:
        own.add_account("mallory", domain=ELSEWHERE)
        yield own


@pytest.fixture
async def people(server, user, backend, tui):
    """The terminals of who is in the room, which is alice's, by their nicks."""
    for name in NAMES:
        await user(server, name)
    await backend.add_profile(
        *("mallory", f"mallory@{ELSEWHERE}", server.password("mallory")),
        port=server.port,
        ca_file=server.ca_file,
    )
    return await gathered(tui, (*NAMES, "mallory"))


def marked(terminal):
    """Return the row of a form where one is."""
    return next(row for row in terminal.rows if "│▸" in row).partition("│▸")[2]


async def mark(terminal, field):
    """Go down a form to one of its fields."""
    while not (here := marked(terminal)).startswith(field):
        terminal.press("down")
        await terminal.wait_until(lambda here=here: marked(terminal) != here)


async def test_a_domain_that_is_banned_is_out_and_lists_decide_who_is_in(people):
    alice, bob, carol, mallory = people.values()
    command(alice, f"ban {ELSEWHERE} pills")
    await answer(alice, "y/N", "y")
    await mallory.wait_for("you were banned from .* by alice: pills")
    for each in (bob, carol):
        await each.wait_for(r"mallory was banned by alice \(pills\)")
        await each.wait_for("3 here")
    command(mallory, "join")
    await mallory.wait_for("(?i)banned")
    # Who is there by right stays when the room is closed, and others have to go.
    command(alice, "affiliate bob member")
    await alice.wait_for("bob is a member of garden")
    command(bob, "configure")
    await bob.wait_for("owners")
    command(alice, "configure")
    await alice.wait_for("Only allow members to join +no")
    await mark(alice, "Only allow members")
    alice.press(" ")
    await alice.wait_for(r"\(x\) yes")
    alice.write("\x1bOS")  # F4
    await alice.wait_for("garden is set up")
    # Prosody 0.12 tells her alone.
    await carol.wait_for("You are not in this room.*members")
    command(carol, "join")
    await carol.wait_for("when you are a member")
    command(alice, f"affiliate carol@{DOMAIN} member")
    await alice.wait_for(f"carol@{DOMAIN} is a member of garden")
    await enter(carol, ":join", 3)
    # What they may is changed in the list of who may what.
    command(alice, "affiliations")
    await alice.wait_for("Who has which rights in garden")
    await alice.wait_for(rf"Members[^~]*carol@{DOMAIN}[^~]*Banned[^~]*{ELSEWHERE}")
    alice.write("bob@")
    await alice.wait_gone(f"carol@{DOMAIN}")
    alice.press("enter")
    await alice.wait_for(f":affiliate bob@{DOMAIN}")
    alice.submit("none")
    await bob.wait_for("You are not in this room.*members")
    for each in (alice, carol):
        await each.wait_for("2 here")
    command(alice, f"affiliate carol@{DOMAIN} admin")
    await alice.wait_for(f"carol@{DOMAIN} is an admin of garden")
    command(carol, f"unban {ELSEWHERE}")
    await carol.wait_for(f"everybody at {ELSEWHERE} may come into garden again")
    command(carol, f"affiliate mallory@{ELSEWHERE} member")
    await enter(mallory, ":join", 3)
