"""What waits, on one screen: each kind of it, gone to and answered by keys alone."""

import pytest

from backendd.api.records import Warning
from primitivus.app import last_place
from primitivus.model.area import Area
from primitivus.model.messages.unsent import Unsent
from primitivus.model.place import NOWHERE, Place
from tests.primitivus.fake import ALICE, BOB, MIA

ROOM = "garden@rooms.example.org"
JULIET = "juliet@example.org"


def rows(pilot):
    """Return what waits, row by row: sign, name and text."""
    listed = pilot.state.layout.main.rows()
    return [(each.sign or each.symbol, each.name, each.text) for each in listed if each.line]


def marked(pilot):
    return pilot.state.layout.main.chosen.name


def called(account, name):
    return [call[1:] for call in account.calls if call[0] == name]


@pytest.fixture
async def home(pilot):
    """The program as it shows what waits, which is nothing."""
    await pilot.command("home")
    await pilot.see("Nothing waits for you.")
    return pilot


async def test_where_nothing_waits_it_says_so_and_what_to_do_next(home):
    for said in (":add ADDRESS", ":join ROOM", "F1 ", "all that can be set", "goes back to bob"):
        assert home.shows(said)
    await home.press("Enter")
    await home.see("have you seen this?")
    assert home.state.mode == "insert"


async def test_who_begins_sees_what_to_do_first(fake, fly):
    fake.add_profile()
    pilot = await fly(start="home").start(until="Nothing waits for you.")
    for said in (":add ADDRESS", ":chat ADDRESS", ":join ROOM", "F1 "):
        assert pilot.shows(said)
    assert not pilot.shows("goes back to")
    await pilot.press("Enter")
    await pilot.command(f"chat {BOB}")
    await pilot.see(f"{BOB}")


@pytest.mark.parametrize("keymap", ["primitivus", "vi", "emacs"])
async def test_each_keymap_has_a_key_that_goes_there_from_a_chat_and_one_back(account, fly, keymap):
    pilot = await fly(keymap=keymap).start(until="have you seen this?")
    keys = pilot.keyboard.keymap.keys_for("home")
    await pilot.press(next(each for each in keys if each.startswith("M-")))
    await pilot.see("Nothing waits for you.")
    await pilot.press("q")
    await pilot.see("have you seen this?")


async def test_an_unread_chat_tells_how_many_and_how_it_goes_on(home, account):
    for text in ("are you there?", "hello?"):
        account.message(BOB, text)
    await home.see("are you there?")
    assert rows(home) == [("2", "bob", "are you there?")]
    assert not called(account, "MarkRead")
    await home.press("Enter")
    await home.see("hello?")
    await account.called("MarkRead", BOB, max(account.messages))
    await home.command("home")
    await home.see("Nothing waits for you.")


async def test_what_is_said_first_is_as_it_was_corrected_and_gone_where_it_is(home, account):
    first = account.message(BOB, "are you their?")
    account.message(BOB, "hello?")
    await home.see("are you their?")
    account.change(first.id, body="are you there?")
    await home.see("are you there?")
    account.change(first.id, body="", more={"retracted": True})
    await home.lose("are you there?")


async def test_what_speaks_to_us_stands_first_and_leads_to_where_it_was_said(home, account):
    account.message(BOB, "hello?")
    account.converse(ROOM, kind="room", notify="mentions")
    account.message(ROOM, "all is green", kind="room", sender=f"{ROOM}/ann")
    spoken = account.message(
        ROOM, "alice: come over", kind="room", sender=f"{ROOM}/ann", more={"mention": True}
    )
    account.message(ROOM, "and you", kind="room", sender=f"{ROOM}/ann")
    account.converse(ROOM, kind="room", more={"mentions": 1, "first_mention": spoken.id})
    await home.see("alice: come over")
    (sign, _, text), other = rows(home)
    assert (sign, text, other[1]) == ("@1", "ann: alice: come over", "bob")
    await home.press("Enter")
    await home.until(
        lambda: home.state.conversation and home.state.conversation.selected == spoken.id
    )


async def test_rooms_stand_below_chats_and_last_those_that_make_no_noise(home, account):
    for room, notify in (("a@r.org", "mentions"), ("b@r.org", "all"), ("c@r.org", "none")):
        account.converse(room, kind="room", notify=notify)
        account.message(room, f"in {room}", kind="room", sender=f"{room}/ann")
        account.record(room, kind="room", notify=notify)
    account.message(BOB, "hello?")
    await home.see("ann: in a@r.org")
    assert [name for _, name, _ in rows(home)] == ["bob", "b", "a"]


async def test_a_key_marks_a_conversation_as_read_without_going_there(home, account):
    account.message(BOB, "hello?")
    account.message(MIA, "tea?")
    await home.see("tea?")
    assert marked(home) == "mia"
    await home.press("j")
    assert marked(home) == "bob"
    await home.press("r")
    await home.lose("hello?")
    assert marked(home) == "mia"
    await home.press("r")
    await home.see("Nothing waits for you.")


async def test_a_pressed_row_is_marked_and_pressed_again_gone_to(home, account):
    account.message(BOB, "hello?")
    account.message(MIA, "tea?")
    await home.see("tea?")
    await home.point("hello?")
    assert marked(home) == "bob"
    await home.point("hello?")
    await home.see("have you seen this?")


async def test_looking_reads_nothing_and_one_can_peek(home, account):
    account.message(BOB, "hello?")
    await home.see("hello?")
    await home.press("k", "j", "P")
    await home.see("have you seen this?")
    await home.press("M-H")
    await home.see("what waits for you (1)")
    assert not called(account, "MarkRead")


@pytest.mark.parametrize(("key", "call"), [("+", "Approve"), ("a", "Approve"), ("-", "Deny")])
async def test_a_request_is_answered_where_it_stands(home, account, key, call):
    account.ask(JULIET, "hi there")
    await home.see("juliet@example.org asks to see your presence (hi there)")
    await home.press(key)
    await home.until(lambda: any(each[0] == call for each in account.calls), call)
    await home.see("Nothing waits for you.")


async def test_enter_goes_to_the_request_among_the_contacts(home, account):
    account.ask(JULIET)
    await home.see("asks to see your presence")
    await home.press("Enter")
    assert home.state.layout.contacts.marked.peer == JULIET


async def test_of_a_crowd_that_asks_the_first_ones_stand_and_how_many_more(home, account):
    for number in range(30):
        account.ask(f"crowd{number}@example.org")
    account.invite(ROOM, BOB)
    await home.see("25 requests more")
    assert [name for _, name, _ in rows(home)] == [*["request"] * 5, "requests", "invitation"]


async def test_invitations_and_readers_are_answered_as_well(home, account):
    account.invite(ROOM, BOB, reason="come")
    account.ask_to_read("nurse@example.org")
    await home.see('nurse@example.org asks to read "your blog"')
    assert [name for _, name, _ in rows(home)] == ["invitation", "reader"]
    await home.press("-")
    await home.lose("invites you")
    await home.press("+")
    await home.see("Nothing waits for you.")
    assert not account.invitations
    assert not account.readers


async def test_a_captcha_can_only_be_gone_to(home, account):
    account.challenge(BOB)
    await home.see("(a captcha)")
    await home.press("+")
    await home.see("there is nothing to agree to here; Enter goes there")
    await home.press("Enter")
    await home.see("What you see")


@pytest.mark.parametrize(("key", "call"), [("a", "AcceptFile"), ("-", "RejectFile")])
async def test_a_file_that_is_offered_is_taken_or_refused(home, account, key, call):
    offer = {"peer": BOB, "direction": "in", "state": "offered", "size": 2_300_000}
    account.transfer(name="one.jpg", **offer)
    account.transfer(name="two.jpg", **offer)
    await home.see("offered by bob, 2.3 MB")
    await home.press("j", key)
    await home.until(lambda: called(account, call), call)
    ((id, *_),) = called(account, call)
    assert account.transfers[id].name == "two.jpg"


async def test_what_is_on_its_way_has_one_row(home, account):
    going = {"peer": BOB, "state": "running", "size": 1000}
    account.transfer(name="one.jpg", done=400, **going)
    await home.see("on the way 40%")
    account.transfer(name="two.jpg", done=0, **going)
    await home.see("2 files")
    assert rows(home) == [("file", "2 files", "on the way 20%")]
    await home.press("Enter")
    await home.see("Files: Enter goes")


async def test_a_message_that_failed_says_why_and_can_be_sent_again_or_given_up(home, account):
    failing = {"out": True, "state": "failed", "error": ("NotAllowed", "they don't want it")}
    account.message(MIA, "one", **failing)
    account.message(BOB, "two", **failing)
    await home.see('"two" was not sent: they don\'t want it')
    await home.press("R")
    await home.see('1 message waits: "one"')
    assert [row[:2] for row in rows(home)] == [("failed", "to bob"), ("pending", "to mia")]
    await home.press("g", "g", "D")
    await home.see("It won't be sent")
    await home.type("yes\n")
    await home.lose('"two" was not sent')
    assert "two" not in [each.body for each in account.messages.values()]


async def test_those_that_failed_with_somebody_are_one_row_and_sent_again_or_given_up_together(
    home, account
):
    failing = {"out": True, "state": "failed", "error": ("NotAllowed", "you are not in it")}
    for number in range(9):
        account.message(BOB, f"text {number}", **failing)
    account.message(MIA, "elsewhere", **failing)
    await home.see('9 were not sent, the last "text 8": you are not in it')
    await home.see('"elsewhere" was not sent')
    await home.press("R")
    await home.see('9 messages wait: "text 0"')
    for each in account.of(BOB):
        if each.state == "pending":
            account.change(each.id, state="failed", error=failing["error"])
    await home.see("9 were not sent")
    await home.press("g", "g", "D")
    await home.see("9 messages to bob were not sent.")
    await home.type("y\n")
    await home.see("9 messages are discarded")
    await home.lose("were not sent")
    assert [row[:2] for row in rows(home)] == [("failed", "to mia")]


async def test_of_many_that_failed_all_are_sent_again_or_given_up_at_once(home, account):
    failing = {"out": True, "state": "failed", "error": ("NotAllowed", "you are not in it")}
    for number in range(7):
        account.message(f"friend{number}@example.org", "hello", **failing)
    await home.see("2 more were not sent")
    await home.press("G", "M-R")
    await home.see("7 messages go out once more")
    await home.lose("was not sent")
    for each in list(account.messages.values()):
        if each.state == "pending":
            account.change(each.id, state="failed", error=failing["error"])
    await home.see("2 more were not sent")
    await home.press("G", "M-D")
    await home.see("7 messages to friend0")
    await home.type("n\n")
    await home.see("nothing was done")
    await home.press("M-D")
    await home.see("7 messages to friend0")
    await home.type("y\n")
    await home.see("Nothing waits for you.")


async def test_what_failed_or_waits_before_one_looks_is_there_too(pilot, account):
    account.message(MIA, "later", out=True, state="pending")
    account.message(MIA, "even later", out=True, state="pending")
    account.message(BOB, "no", out=True, state="failed", tell=False)
    assert not called(account, "Unsent")
    await pilot.command("home")
    await pilot.see('2 messages wait: "later"')
    assert [row[:2] for row in rows(pilot)] == [("failed", "to bob"), ("pending", "to mia")]
    assert len(called(account, "Unsent")) == 1
    for each in list(account.messages.values()):
        if each.state in ("pending", "failed"):
            account.change(each.id, state="sent")
    await pilot.see("Nothing waits for you.")


async def test_enter_goes_to_the_message_that_waits(home, account):
    waits = account.message(MIA, "later", out=True, state="pending")
    await home.see("1 message waits")
    await home.press("Enter")
    await home.until(
        lambda: home.state.conversation and home.state.conversation.selected == waits.id
    )


async def test_what_is_said_on_posts_and_what_is_unread_in_blogs(home, account):
    post = account.write(ALICE, "p1", title="Tea", comments_service=ALICE, comments_node="c1")
    account.write(ALICE, "c", node="c1", author=BOB, body="fine", unread=True)
    account.discuss(post)
    account.follow(MIA)
    account.write(MIA, "q1", title="Cake", unread=True)
    await home.see('on "Tea", the last by bob')
    await home.see("unread in 1 blog that you follow")
    assert [row[:2] for row in rows(home)] == [("1", "comments"), ("1", "posts")]
    await home.press("j", "Enter")
    await home.see("Cake")
    await home.press("q")
    await home.press("k", "Enter")
    await home.see("Post: ")


async def test_posts_that_failed_or_wait_lead_to_what_is_not_published(home, account):
    account.send_out(ALICE, pending=2, failed=1)
    await home.see("1 was not published")
    await home.see("2 wait to be published")
    await home.press("Enter")
    await home.see("ot published")


async def test_an_account_that_is_not_online_says_why(home, account):
    account.become("waiting", ("HostUnreachable", "no route to host"))
    await home.see("connection")
    ((_, name, text),) = rows(home)
    assert name == "connection"
    assert "no route to host" in text
    account.become("online")
    await home.see("Nothing waits for you.")


async def test_a_warning_is_put_away(home, account):
    account.warn("the archive can't be read")
    await home.see("▸!    warning")
    await home.press("-")
    await home.see("Nothing waits for you.")
    assert not account.warnings


async def test_what_the_backend_warns_of_stands_there_once(home, fake):
    home.state.set_backend_warnings([Warning(word="disk", text="the disk is nearly full")])
    await home.see("▸!    warning")
    assert [text for _, _, text in rows(home)] == ["the disk is nearly full"]


async def test_what_went_wrong_last_stands_there_until_somebody_looks(home, account):
    await home.command("nonsense")
    await home.see("nonsense")
    assert rows(home) == []
    home.state.complain("photo.jpg was not sent to bob")
    await home.see("▸!    error")
    await home.press("Enter")
    await home.see("Messages of the program")
    home.state.complain("photo.jpg was not sent to mia")
    await home.see("photo.jpg was not sent to mia")
    await home.press("Esc")
    await home.see("Nothing waits for you.")


async def test_each_profile_has_a_heading_and_keys_are_for_that_of_the_marked_row(fake, fly):
    work, private = fake.add_profile("work", jid=ALICE), fake.add_profile("a", jid=MIA)
    for account in (work, private):
        account.ask(JULIET)
    pilot = await fly(start="home", wanted="").start(until="asks to see your presence")
    await pilot.until(lambda: len(rows(pilot)) == len(("work", "a")))
    headings = [each.name for each in pilot.state.layout.main.rows() if not each.line]
    assert headings == ["a", "work"]
    await pilot.press("j", "-")
    await pilot.until(lambda: any(each[0] == "Deny" for each in work.calls))
    assert not [each for each in private.calls if each[0] == "Deny"]


async def test_of_a_locked_profile_nothing_shows_but_that_it_is(fake, fly):
    fake.add_profile("a", jid=MIA).ask(JULIET)
    fake.add_profile("work", jid=ALICE, password="secret").ask("romeo@example.org")
    pilot = await fly(start="home").start(until="asks to see your presence")
    await pilot.see("work is locked")
    assert not pilot.shows("romeo@")


async def test_enter_unlocks_a_locked_profile_and_what_waits_there_shows(fake, fly):
    fake.add_profile("a", jid=MIA).ask(JULIET)
    fake.add_profile("work", jid=ALICE, password="secret").ask("romeo@example.org")
    pilot = await fly(start="home").start(until="asks to see your presence")
    await pilot.see("work is locked")
    await pilot.press("j", "Enter")
    await pilot.see("Profile work")
    await pilot.type("secret\n")
    await pilot.lose("Profile work")
    await pilot.press("Esc", "M-H")
    await pilot.see("romeo@example.org asks to see your presence")


async def test_of_a_profile_that_is_removed_nothing_waits_any_more(fake, fly):
    fake.add_profile("a", jid=MIA)
    work = fake.add_profile("work", jid=ALICE)
    work.ask(JULIET)
    pilot = await fly().start(until="1 request")
    await pilot.command("home")
    await pilot.see("asks to see your presence")
    fake.remove_profile(work)
    await pilot.lose("asks to see your presence")
    await pilot.command("home")
    await pilot.see("Nothing waits for you.")


async def test_the_mark_stays_on_its_row_whatever_comes_above(home, account):
    account.ask(JULIET)
    await home.see("asks to see your presence")
    account.message(BOB, "hello?")
    await home.see("hello?")
    assert marked(home) == "request"


async def test_words_find_a_row_and_whoever_comes_again_sees_all(home, account):
    for peer, text in ((BOB, "hello?"), (MIA, "tea?")):
        account.message(peer, text)
    await home.see("tea?")
    await home.press("/")
    await home.type("hello")
    await home.until(lambda: [name for _, name, _ in rows(home)] == ["bob"])
    await home.press("Esc", "/")
    await home.type("nobody")
    await home.press("Esc")
    await home.see('nothing here has "hellonobody"; Esc shows all')
    await home.command("signs")
    await home.press("Esc")
    await home.command("transfers")
    await home.see("Files: Enter goes")
    await home.command("home")
    await home.see("tea?")
    assert len(rows(home)) == len(("bob", "mia"))


@pytest.mark.parametrize("settings", [{"symbols": "ascii"}, {"colours": "mono"}])
@pytest.mark.parametrize("size", [(60, 16), (20, 5), (300, 100)])
async def test_it_shows_in_any_terminal(account, fly, size, settings):
    columns, height = size
    pilot = await fly(columns=columns, rows=height, **settings).start(until="yes")
    await pilot.command("home")
    await pilot.until(lambda: pilot.state.focus == "home")
    for number in range(40):
        account.ask(f"crowd{number}@example.org")
        account.message(f"crowd{number}@example.org", "花" * 200)
    await pilot.see("crowd39")
    await pilot.press("G")
    await pilot.see("requests")
    await pilot.press("g", "g")
    await pilot.see("crowd39")
    assert marked(pilot) == "crowd39"
    if "symbols" in settings:
        drawn = "".join(row.replace("花", "") for row in pilot.terminal.rows)
        assert drawn.isascii()


async def test_rows_are_made_anew_only_where_something_is_otherwise(home, account):
    account.message(BOB, "hello?")
    account.message(MIA, "tea?")
    await home.see("tea?")
    made = home.state.layout.main.rows()
    await home.press("j", "k")
    assert home.state.layout.main.rows() is made
    account.message(BOB, "hello again?")
    await home.until(lambda: home.state.layout.main.rows() is not made)


# -- what shows first


async def test_what_waits_shows_first_where_something_does(account, fly):
    account.message(BOB, "hello?")
    pilot = await fly(start="home").start(until="what waits for you (1)")
    assert pilot.state.mode == "normal"
    assert not called(account, "MarkRead")
    await pilot.press("q")
    await pilot.see("have you seen this?")


async def test_a_request_alone_is_something_that_waits(account, fly):
    account.ask(JULIET)
    await fly(start="home").start(until="what waits for you (1)")


async def test_what_waits_in_another_profile_shows_first_too(account, fake, fly):
    fake.add_profile("work", jid="alice@work.example.org").ask(JULIET)
    pilot = await fly(start="home").start(until="what waits for you (1)")
    assert pilot.state.mode == "normal"


async def test_who_began_to_write_stays_there_whatever_is_told_then(account, fake, fly):
    pilot = await fly(start="home").start(until="have you seen this?")
    await pilot.type("wait")
    work = fake.add_profile("work", jid="alice@work.example.org")
    work.ask(JULIET)
    await pilot.see("1 request")
    assert pilot.state.conversation.editor.text == "wait"


async def test_a_profile_that_comes_later_takes_nobody_elsewhere(account, fake, fly):
    pilot = await fly(start="home").start(until="have you seen this?")
    await pilot.until(lambda: not pilot.state.is_starting)
    fake.add_profile("work", jid="alice@work.example.org").ask(JULIET)
    await pilot.see("1 request")
    assert pilot.shows("have you seen this?")


async def test_that_nothing_waits_is_said_once_all_is_told(home, account):
    said = "Nothing waits for you."
    known = home.state.account.of(Unsent)
    known.are_known = False
    home.state.changed(Area.CONVERSATIONS)
    await home.lose(said)
    known.are_known = True
    home.state.changed(Area.CONVERSATIONS)
    await home.see(said)


async def test_where_nothing_waits_one_can_write_at_once(account, fly):
    pilot = await fly(start="home").start(until="have you seen this?")
    assert pilot.state.mode == "insert"


async def test_the_newest_chat_shows_first_whatever_waits_where_that_is_wanted(account, fly):
    account.message(BOB, "hello?")
    account.ask(JULIET)
    pilot = await fly(start="newest").start(until="hello?")
    assert pilot.state.mode == "insert"


async def test_one_is_where_one_was_last_where_that_is_wanted(account, fly):
    pilot = await fly(start="last").start(until="have you seen this?")
    await pilot.command(f"chat {MIA}")
    await pilot.see("an older one")
    await pilot.end()
    assert last_place.path().stat().st_mode & 0o077 == 0
    await fly(start="last").start(until="an older one")


async def test_of_a_profile_with_a_password_it_is_not_kept_where_one_was(fake, fly):
    account = fake.add_profile(password="secret")
    account.message(BOB, "hello?", state="read", tell=False)
    account.record(BOB)
    last_place.write(Place("alice", BOB))
    pilot = await fly(start="last").start(until="password")
    await pilot.type("secret\n")
    await pilot.see("hello?")
    await pilot.end()
    assert last_place.read() == NOWHERE


@pytest.mark.parametrize("written", [b"", b"alice", b"\xff\n\xff\n", b"nobody\nx@y\n", b"\n" * 9])
async def test_whatever_the_file_says_one_begins_somewhere(account, fly, written):
    last_place.path().parent.mkdir(parents=True, exist_ok=True)
    last_place.path().write_bytes(written)
    await fly(start="last").start(until="have you seen this?")
