"""Completing what one types: the box of what may stand there, and what each argument may be."""

import pytest

from backendd.api.records import Item, Occupant
from primitivus.model.accounts.offered import Offered
from primitivus.model.rooms.rooms import Rooms
from tests.primitivus.fake import BOB, Entity
from tests.primitivus.fake.services import COMMANDS


@pytest.mark.parametrize(
    ("symbols", "sign", "below", "above"),
    [("utf-8", "▸", "↓", "↑"), ("ascii", ">", "v", "^")],
)
async def test_of_many_candidates_it_tells_how_many_more_there_are(
    account, fly, symbols, sign, below, above
):
    for number in range(22):
        account.know(f"zoe{number:02}@example.org", name=f"name {'x' * 40}{number:02}")
    pilot = await fly(symbols=symbols).start(until="have you seen this?")
    await pilot.until(lambda: "zoe21@example.org" in pilot.state.account.roster.jids())
    await pilot.type("/chat zoe")
    await pilot.press("Tab")
    await pilot.see(f" {below} 14 more ")
    assert "zoe07@" in pilot.screen
    assert "zoe08@" not in pilot.screen
    await pilot.see(f"{sign}zoe00@example.org")
    await pilot.press(*["Tab"] * 8)
    await pilot.see(f"{sign}zoe08@example.org")
    await pilot.see(f" {above} 8 more ")
    await pilot.see(f" {below} 6 more ")
    assert "zoe07@" not in pilot.screen
    await pilot.press("S-Tab")
    await pilot.see(f"{sign}zoe07@example.org")
    chosen = [text for row in pilot.terminal.styles for _, text in row if "zoe07@" in text]
    assert chosen[:1] == ["zoe07@example.org"]
    styled = {style for row in pilot.terminal.styles for style, text in row if "zoe07@" in text}
    assert "popup.selected" in styled
    await pilot.press("S-Tab")
    await pilot.see(f"{sign}zoe06@example.org")
    assert above + " 8" not in pilot.screen
    await pilot.type(" ")
    await pilot.lose("14 more")


async def test_what_all_candidates_have_in_common_chooses_none(pilot, account):
    account.know("bobby@example.org", name="bobby")
    await pilot.until(lambda: "bobby@example.org" in pilot.state.account.roster.jids())
    await pilot.see("bob")
    await pilot.type("/chat b")
    await pilot.press("Tab")
    await pilot.see("/chat bob")
    assert f"▸{BOB}" not in pilot.screen
    await pilot.press("Tab")
    await pilot.see(f"▸{BOB}")


async def test_keys_that_may_follow_choose_none(pilot):
    await pilot.type("/")
    await pilot.press("Tab", "Tab", "Esc", "C-f")
    await pilot.see("focus messages")
    assert "▸b" not in pilot.screen


# What the arguments of commands may be


GARDEN = "garden@rooms.example.org"
SERVER = "example.org"


def line(pilot):
    return pilot.state.command_line.text


async def completed(pilot, text, *keys):
    """Return what a command line becomes, of which this is typed, with Tab and these keys."""
    await pilot.press("Esc", "Esc", "Esc", ":")
    await pilot.type(text)
    await pilot.press("Tab", *keys)
    return line(pilot)


@pytest.fixture
async def garden(pilot, account):
    """A room in which one is with two others, shown."""
    account.message(GARDEN, "welcome", kind="room", sender=f"{GARDEN}/ann")
    account.occupants[GARDEN] = {nick: Occupant(nick=nick) for nick in ("ann", "Tea Lover")}
    account.enter(GARDEN, "mari lou", subject="Tea, at 'five'")
    await pilot.until(lambda: pilot.state.account.of(Rooms).is_in(GARDEN))
    await pilot.command(f"chat {GARDEN}")
    rooms = pilot.state.account.of(Rooms)
    await pilot.until(lambda: rooms.occupant(f"{GARDEN}/Tea Lover") is not None)
    return pilot


async def test_own_nicks_are_completed_where_one_says_how_one_is_called(garden):
    assert await completed(garden, "join tea@rooms.example.org m") == (
        "join tea@rooms.example.org 'mari lou' "
    )
    assert await completed(garden, "join tea@rooms.example.org al") == (
        "join tea@rooms.example.org alice "
    )
    assert await completed(garden, "create-room tea private m") == (
        "create-room tea private 'mari lou' "
    )
    assert await completed(garden, "nick mari l") == "nick mari lou"
    assert await completed(garden, "nick A") == "nick alice"


async def test_the_present_topic_and_status_come_to_be_changed(garden, account):
    assert await completed(garden, "topic ") == "topic Tea, at 'five'"
    assert await completed(garden, "topic Tea, a") == "topic Tea, at 'five'"
    assert await completed(garden, "topic Coffee") == "topic Coffee"
    await garden.type(" and cake\n")
    await account.called("SetSubject", GARDEN, "Coffee and cake")
    assert await completed(garden, "status ") == "status "
    await garden.command("status 'quoted' as a whole'")
    await garden.until(lambda: garden.state.account.profile.status == "'quoted' as a whole'")
    assert await completed(garden, "status ") == "status 'quoted' as a whole'"
    await garden.command("status \"'in quotes'\"")
    await garden.until(lambda: garden.state.account.profile.status == "'in quotes'")
    assert await completed(garden, "status ") == "status \"'in quotes'\""


async def test_groups_are_completed_each_behind_a_comma(pilot, account):
    account.know(BOB, name="bob", groups=["Friends", "tea, cake"])
    account.know("zoe@example.org", name="zoe", groups=["Family"])
    await pilot.until(lambda: len(pilot.state.account.roster.arranged.groups) == 3)
    assert await completed(pilot, "group fr") == "group Friends"
    await pilot.type(", ")
    await pilot.press("Tab")
    assert line(pilot) == "group Friends, Family"
    assert await completed(pilot, 'group Family,"te') == 'group Family,"tea, cake"'


async def test_words_that_count_as_mentions_come_to_be_changed(pilot, account):
    assert await completed(pilot, "highlight ") == "highlight "
    await pilot.command("highlight tea, 'cake, or not'")
    await pilot.see("you are mentioned by your nick, and by")
    assert await completed(pilot, "highlight ") == 'highlight tea, "cake, or not"'


async def test_the_end_of_the_quiet_time_is_an_hour_after_a_night(pilot):
    assert await completed(pilot, "quiet-time 22 ") == "quiet-time 22 7"
    assert await completed(pilot, "quiet-time 22 1") == "quiet-time 22 10"
    assert await completed(pilot, "quiet-time 22 22") == "quiet-time 22 22"
    assert await completed(pilot, "quiet-time off ") == "quiet-time off "


async def test_the_node_of_ones_own_blog_is_completed(pilot):
    own = pilot.state.account.profile.jid
    assert await completed(pilot, f"blog-create {own} ") == (
        f"blog-create {own} urn:xmpp:microblog:0 "
    )
    assert await completed(pilot, "blog-create pubsub.example.org u") == (
        "blog-create pubsub.example.org u"
    )


async def test_commands_and_nodes_of_a_service_are_completed_once_it_has_said_them(pilot, account):
    account.entities[SERVER, COMMANDS] = Entity(
        items=[Item(jid=SERVER, node="add-user", name="Add"), Item(jid=SERVER, node="add-room")]
    )
    account.entities[SERVER, ""] = Entity(
        items=[Item(jid=SERVER, node="news"), Item(jid="rooms.example.org")]
    )
    offered = pilot.state.account.of(Offered)
    assert await completed(pilot, f"command {SERVER} ") == f"command {SERVER} "
    await pilot.until(lambda: offered.of(SERVER, "commands"))
    await pilot.press("Tab")
    assert line(pilot) == f"command {SERVER} add-"
    await pilot.see("Add")
    await pilot.press("Tab", "Tab")
    assert line(pilot) == f"command {SERVER} add-room"
    await completed(pilot, f"services {SERVER} ")
    await pilot.until(lambda: offered.of(SERVER, "nodes"))
    await pilot.press("Tab")
    assert line(pilot) == f"services {SERVER} news "


async def test_a_nick_is_completed_behind_an_at_wherever_it_stands(garden):
    await garden.type("@a")
    await garden.press("Tab")
    assert garden.state.chat.editor.text == "@ann "
    await garden.type("and @tea l")
    await garden.press("Tab")
    assert garden.state.chat.editor.text == "@ann and @Tea Lover "
    await garden.type("write to me@a")
    await garden.press("Tab")
    assert garden.state.chat.editor.text.endswith("me@a")
    await garden.press("C-c")
    await garden.type("@")
    await garden.press("Tab", "Tab")
    assert garden.state.chat.editor.text in ("@ann", "@Tea Lover")
