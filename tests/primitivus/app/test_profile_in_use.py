"""Which of several profiles is in use: that of what one is in, whatever one looks at meanwhile."""

import pytest

from primitivus.model.blogs.discussions import Discussions
from primitivus.model.panes.post import PostPane
from tests.primitivus.fake import ALICE, BOB, MIA

JULIET = "juliet@example.org"
ROOM = "garden@rooms.example.org"
VIEWS = ("home", "messages", "search tea", "rooms", "transfers")


@pytest.fixture
async def two(fake, fly):
    """The program in a chat of "work", below "a", which stands first in all views."""
    other, work = fake.add_profile("a", jid=MIA), fake.add_profile("work", jid=ALICE)
    other.ask(JULIET)
    for account in (other, work):
        account.message(BOB, "some tea?", tell=False, state="read")
        account.record(BOB)
    pilot = await fly().start(until="some tea?")
    await pilot.until(lambda: all(each.is_filled for each in pilot.state.accounts.values()))
    await pilot.until(lambda: len(pilot.state.accounts) == len((other, work)))
    await pilot.command(f"chat {BOB} work")
    await pilot.see("work*")
    return pilot, other, work


def state(pilot, name):
    return pilot.state.accounts[name].profile.state


def called(account, name):
    return [call for call in account.calls if call[0] == name]


@pytest.mark.parametrize("view", VIEWS)
async def test_who_looks_at_a_view_of_all_profiles_stays_in_theirs(two, view):
    pilot, _, _ = two
    await pilot.command(view)
    await pilot.until(lambda: not pilot.state.conversation)
    for key in ("", "down", "down", "up", "home"):
        if key:
            await pilot.press(key.capitalize())
        assert pilot.state.account.profile.name == "work"
    await pilot.see("work*")
    await pilot.command("disconnect")
    await pilot.until(lambda: state(pilot, "work") == "offline")
    assert state(pilot, "a") == "online"


@pytest.mark.parametrize("view", VIEWS)
async def test_who_comes_back_to_such_a_view_stays_in_the_profile_where_they_were(two, view):
    pilot, _, _ = two
    await pilot.command(view)
    await pilot.until(lambda: not pilot.state.conversation)
    await pilot.command(f"chat {BOB} a")
    await pilot.until(lambda: pilot.state.conversation)
    await pilot.see("a*")
    await pilot.command("back")
    await pilot.until(lambda: not pilot.state.conversation)
    assert pilot.state.account.profile.name == "a"
    await pilot.command("profile work")
    await pilot.see("work*")
    await pilot.command(view)
    await pilot.until(lambda: not pilot.state.conversation)
    assert pilot.state.account.profile.name == "work"


async def test_going_to_a_view_beside_stays_in_the_profile_where_one_was(two):
    pilot, _, _ = two
    await pilot.command("vsplit")
    await pilot.command("home")
    await pilot.command("focus other")
    await pilot.command(f"chat {BOB} a")
    await pilot.press("Esc")
    await pilot.command("focus other")
    await pilot.see("Home")
    assert pilot.state.account.profile.name == "a"


async def test_what_keys_do_with_a_row_is_done_as_its_profile(two):
    pilot, other, work = two
    work.ask(JULIET)
    await pilot.command("home")
    await pilot.until(
        lambda: len([each for each in pilot.state.layout.main.rows() if each.yes]) > 1
    )
    await pilot.press("-")
    await pilot.until(lambda: called(other, "Deny"))
    assert not called(work, "Deny")
    assert pilot.state.account.profile.name == "work"


async def test_enter_on_a_row_goes_to_what_its_profile_has(two):
    pilot, other, work = two
    other.become("offline")
    work.become("offline")
    await pilot.command("home")
    await pilot.until(
        lambda: [each.key for each in pilot.state.layout.main.rows()].count("connection") > 1
    )
    await pilot.press("j")
    assert pilot.state.layout.main.chosen.key == "connection"
    await pilot.press("Enter")
    await pilot.until(lambda: state(pilot, "a") == "online")
    assert state(pilot, "work") == "offline"
    assert pilot.state.account.profile.name == "work"


async def test_a_profile_in_use_that_is_removed_gives_way_to_another(two, fake):
    pilot, _, work = two
    await pilot.command("home")
    fake.remove_profile(work)
    await pilot.until(lambda: list(pilot.state.accounts) == ["a"])
    await pilot.see("asks to see your presence")
    assert pilot.state.account.profile.name == "a"


async def test_what_went_wrong_in_a_profile_stands_under_its_heading(two):
    pilot, _, _ = two
    await pilot.command("home")
    await pilot.see("asks to see your presence")
    pilot.state.complain("tea.jpg did not come", account=pilot.state.accounts["work"])
    await pilot.until(lambda: "trouble" in [each.key for each in pilot.state.layout.main.rows()])
    (row,) = [each for each in pilot.state.layout.main.rows() if each.key == "trouble"]
    assert (row.place.account, row.text) == ("work", "tea.jpg did not come")


def talk(account, jid, post):
    """Have somebody say something to a post of the user's."""
    entry = account.write(jid, post, title=post, comments_service=jid, comments_node=f"c-{post}")
    account.write(jid, f"said-{post}", node=f"c-{post}", author=BOB, body="fine", unread=True)
    account.discuss(entry)


@pytest.mark.parametrize("line", ["discussion", "more discussions"])
async def test_what_was_said_to_a_post_is_gone_to_in_its_profile(two, line):
    pilot, other, work = two
    many = 8
    for number in range(many):
        talk(other, MIA, f"theirs {number}")
        talk(work, ALICE, f"mine {number}")
    await pilot.command(f"chat {BOB} a")
    await pilot.see("a*")
    await pilot.command("home")

    def found():
        rows = pilot.state.layout.main.rows()
        return [each for each in rows if each.key.startswith(line) and each.place.account == "work"]

    await pilot.until(found)
    await pilot.until(
        lambda: all(
            len(each.of(Discussions).waiting()) == many for each in pilot.state.accounts.values()
        )
    )
    pilot.state.layout.main.choose(found()[0].identity)
    await pilot.press("Enter")
    await pilot.until(lambda: isinstance(pilot.state.layout.main, PostPane))
    assert pilot.state.layout.main.place.account == "work"
    await pilot.see("fine")
