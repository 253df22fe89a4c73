"""Several profiles on one screen: told apart, each with its state, and each asked for its own."""

from functools import partial

import pytest

from backendd.api.errors import StorageError, UnknownRoom
from primitivus.client.door import ProfileRemoved
from primitivus.model.blogs.blogs import Blogs
from primitivus.model.place import Place
from primitivus.model.questions import questions
from primitivus.model.questions.invitations import Invitations
from primitivus.model.rooms.rooms import Rooms
from tests.primitivus.fake import BOB, MIA, FakeBackend
from tests.primitivus.fake.account import ALICE, MICROBLOG

JULIET = "juliet@example.net"
ATTIC = "attic@rooms.example.org"
LAB = "lab@rooms.example.org"
EVE = "eve@example.com"


@pytest.fixture
async def work(fake, account):
    """A second profile, beside alice: it talks with bob as well, and with juliet."""
    work = fake.add_profile("work", "alice@example.net")
    work.know(JULIET, name="juliet", show="online")
    work.message(BOB, "about the contract", tell=False, state="read")
    work.message(JULIET, "wherefore art thou", tell=False, state="read")
    for peer in (BOB, JULIET):
        work.record(peer)
    return work


@pytest.fixture
async def both(work, fly):
    """The program as it shows both, with bob as alice."""
    pilot = await fly().start(until="have you seen this?")
    await pilot.see("juliet")
    return pilot


def listed(pilot):
    """Return the rows of the list of conversations."""
    return [row.split("│")[0].strip() for row in pilot.terminal.rows[1:-2]]


def sends(account):
    return [call[1:] for call in account.calls if call[0] == "Send"]


async def test_all_profiles_show_each_with_its_conversations(both):
    rows = [row for row in listed(both) if row]
    assert [row.split()[1] for row in rows[1:]] == ["alice", "bob", "mia", "work", "juliet", "bob"]
    assert "alice* " in both.terminal.rows[0]
    assert "work " in both.terminal.rows[0]


async def test_a_text_for_somebody_goes_out_from_the_account_one_is_in(both, work, account):
    await both.command("msg juliet are you there")
    await both.see('nobody here is called "juliet"')
    await both.command(f"msg {JULIET} are you there")
    await both.until(lambda: sends(account) == [(JULIET, "are you there")])
    assert not sends(work)


async def test_what_is_refused_of_somebody_new_opens_no_conversation(both, account):
    account.refusal = UnknownRoom("you are not in it; join it first")
    await both.command("msg lab@rooms.example.org is somebody there")
    await both.see(":join lab@rooms.example.org enters it")
    assert not [call for call in account.calls if call[0] == "Open"]


async def test_of_whom_is_looked_for_in_the_contacts_no_other_account_stands_there(both):
    await both.press("Esc", "F2", "/")
    await both.type("JUL\n")
    await both.see('with "JUL"')
    assert both.state.layout.contacts.entries() == [Place("work", ""), Place("work", JULIET)]
    assert both.state.layout.contacts.marked == Place("work", JULIET)
    await both.press("/")
    await both.type("zzz\n")
    await both.see("nobody; Esc shows all")
    await both.press("Esc")
    await both.see("Contacts")
    assert Place("alice", "") in both.state.layout.contacts.entries()


async def test_of_which_account_the_first_in_view_are_stays_in_sight(work, account, fly):
    for number in range(30):
        peer = f"c{number:02}@example.org"
        for each, state in ((account, "read"), (work, "read")):
            each.message(peer, f"from {number}", tell=False, state=state)
            each.record(peer)
    pilot = await fly(columns=80, rows=16).start(until="c29")
    await pilot.until(lambda: len(pilot.state.accounts["work"].conversations) >= 30)
    assert "alice" in listed(pilot)[1]
    await pilot.command("focus conversations")
    await pilot.press("G")
    await pilot.until(lambda: "work" in listed(pilot)[1])
    for _ in range(3):
        (_, whose), (_, first), *_ = before = [row.split()[:2] for row in listed(pilot)[1:-1]]
        assert whose == "work"
        await pilot.point_at(3, 5, "wheel up")
        await pilot.until(lambda old=first: listed(pilot)[2].split()[1] != old)
        assert before[1] in [row.split()[:2] for row in listed(pilot)]


async def test_the_names_of_accounts_have_colours_of_their_own(both):
    styles = {}
    for row in both.terminal.styles[1:]:
        for style, text in row:
            if text in ("alice", "work"):
                styles[text] = style
    assert len(set(styles.values())) == 2


async def test_one_profile_alone_is_named_as_ever(pilot):
    assert "alice*" not in pilot.screen
    assert [row.split()[-1] for row in listed(pilot)[1:3]] == ["bob", "mia"]
    assert "as alice" not in pilot.screen


async def test_only_the_profile_asked_for_shows(work, fly):
    pilot = await fly(wanted="work").start(until="wherefore art thou")
    assert set(pilot.state.accounts) == {"work"}
    assert "alice*" not in pilot.screen
    assert "have you seen this?" not in pilot.screen


async def test_the_default_profile_is_shown_first_and_comes_first(work, account, fly):
    work.listed.clear()
    pilot = await fly().start(until="have you seen this?")
    assert "juliet" not in pilot.screen
    work.listed.set()
    await pilot.see("juliet")
    assert pilot.state.layout.place == pilot.state.accounts["alice"].place(BOB)


async def test_the_state_of_each_profile_is_in_sight(both, work):
    work.become("waiting", ("HostUnreachable", "example.net does not answer"))
    await both.see("work (waiting)")
    assert "Not connected" not in both.screen
    await both.command("profile work")
    await both.see("Not connected: example.net does not answer")


async def test_what_is_sent_goes_out_from_the_account_of_the_conversation(both, account, work):
    assert "bob as alice" in both.terminal.rows[0]
    await both.type("from alice\n")
    await both.until(lambda: sends(account) == [(BOB, "from alice")])
    await both.command(f"chat {BOB} work")
    await both.see("about the contract")
    assert "as work >" in both.terminal.rows[-1]
    await both.type("from work\n")
    await both.until(lambda: sends(work) == [(BOB, "from work")])
    assert sends(account) == [(BOB, "from alice")]


async def test_who_is_known_to_one_account_only_is_written_to_from_that(both, work, account):
    await both.command("chat juliet")
    await both.see("wherefore art thou")
    assert "as work" not in both.screen
    await both.command("chat new@example.org")
    await both.until(lambda: both.state.layout.place.peer == "new@example.org")
    assert both.state.layout.place.account == "work"
    await both.command("chat mia")
    await both.see("an older one")
    assert both.state.layout.place.account == "alice"


async def test_what_comes_for_either_account_is_unread_until_it_is_seen(both, work, account):
    work.message(BOB, "new at work")
    account.message(MIA, "new at home")
    await both.see("2 unread")
    await both.press("M-a")
    await both.see("new at work")
    assert both.state.layout.place.account == "work"
    await both.press("M-a")
    await both.see("new at home")
    await both.lose("unread")
    await work.called("MarkRead", BOB, 3)


async def test_the_switcher_finds_people_of_all_accounts_and_says_whose(both, work):
    await both.press("Esc", "C-p")
    await both.type("bob")
    await both.see(f"{BOB}  work")
    await both.see(f"{BOB}  alice")
    await both.type(" work\n")
    await both.see("about the contract")


async def test_contacts_stand_below_their_account(both, work):
    await both.command("contacts on")
    await both.see("Contacts 3/3")
    # The first is chosen, which its sign says between that of the account and its name.
    rows = [row.replace("▸", " ") for row in both.terminal.rows[2:8]]
    names = [row.split("│")[-1].strip("┃ ").split()[-1] for row in rows]
    assert names == ["alice", "bob", "train", "mia", "work", "juliet"]
    await both.press("G", "Enter")
    await both.see("wherefore art thou")


async def test_a_request_is_answered_from_the_account_it_came_to(both, work, account):
    work.ask(JULIET)
    await both.see(f"work: {JULIET} asks to see your presence")
    await both.command("accept")
    await both.until(lambda: ("Approve", JULIET) in work.calls)
    assert not [call for call in account.calls if call[0] == "Approve"]


async def test_what_is_answered_from_a_list_of_all_is_said_for_the_account_it_was_asked(
    both, work, account
):
    account.ask_to_read(MIA)
    work.ask_to_read(JULIET)
    await both.until(lambda: questions.waits(both.state) == 2)
    await both.command("requests")
    await both.see("work: juliet")
    await both.press("Down", "Enter")
    await both.see("A reader, asked of work")
    await both.press("Enter")
    await both.see("work: juliet")
    await both.see("may read")
    assert both.state.notice.account == "work"
    await both.command("next-notification")
    await both.see("A reader, asked of alice")
    await both.press("Down", "Enter")
    await both.see("does not get to read")
    assert both.state.notice.account == "alice"
    assert [
        [call[0] for call in each.calls if "Reader" in call[0]] for each in (work, account)
    ] == [
        ["AcceptReader"],
        ["DenyReader"],
    ]


async def asked_of(both, *accounts):
    """Have one person ask each of some accounts for its presence, a room, and a blog."""
    for each in accounts:
        each.ask(EVE)
        each.invite(LAB, EVE)
        each.ask_to_read(EVE, service=each.jid)
    await both.until(lambda: questions.waits(both.state) == 3 * len(accounts))


ANSWERS = [
    (f"accept {EVE}", f"{EVE} may see your presence"),
    (f"deny {EVE}", f"{EVE} does not see your presence"),
    (f"decline {LAB}", f"the invitation to {LAB} is declined"),
    (f"accept-reader {EVE}", f"{EVE} may read"),
    (f"deny-reader {EVE}", f"{EVE} does not get to read"),
]


@pytest.mark.parametrize(("line", "said"), ANSWERS)
async def test_who_asks_several_profiles_is_answered_by_the_one_in_use_which_says_so(
    both, work, account, line, said
):
    await asked_of(both, account, work)
    await both.command(line)
    await both.see(f"alice: {said}")
    await both.command(line)
    await both.see(f"work: {said}")


@pytest.mark.parametrize(("line", "said"), ANSWERS)
async def test_who_asks_several_other_profiles_is_answered_by_none_of_them_unasked(
    both, fake, work, line, said
):
    await asked_of(both, work, fake.add_profile("lab", jid="alice@lab.example"))
    await both.command(line)
    await both.see(":profile NAME goes to one of them")
    assert questions.waits(both.state) == 6
    await both.command("profile lab")
    await both.command(line)
    await both.see(f"lab: {said}")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rename Jules", f"{JULIET} is called Jules"),
        ("rename", f"{JULIET} is called juliet"),
        ("group friends", f"{JULIET} is in friends"),
        ("group", f"{JULIET} is in no group"),
        ("subscribe", f"{JULIET} was asked"),
        ("block", f"{JULIET} is blocked"),
    ],
)
async def test_what_is_done_with_the_chosen_contact_is_said_for_the_account_that_has_it(
    both, line, said
):
    await both.command(f"contact {JULIET} work")
    await both.see("▸● juliet")
    await both.command(line)
    await both.see(f"work: {said}")


async def test_what_asks_goes_with_the_account_that_is_asked(both, work, account):
    work.password = "open sesame"
    await both.command("profile work")
    await both.command("chat bob alice")
    work.ask_to_read(JULIET)
    await both.until(lambda: questions.waits(both.state) == 1)
    await both.command("next-notification")
    await both.see("A reader, asked of work")
    work.become("locked")
    await both.lose("A reader, asked of work")


@pytest.fixture
async def locked(work, fly):
    """The program with work asking for a password, though the backend has it unlocked."""
    work.password = "open sesame"
    return await fly().start(until="work (locked)")


async def test_of_a_profile_with_a_password_nothing_shows_before_it_was_given_here(locked, work):
    work.message(JULIET, "secret one")
    work.ask("romeo@example.net", "hi")
    work.warn("the archive of work is broken")
    locked.state.say("still here")
    await locked.see("still here")
    for word in ("juliet", "secret", "romeo", "broken", "unread"):
        assert word not in locked.screen
    assert not [call for call in work.calls if call[0] == "List"]
    await locked.command("connect work")
    await locked.see("work is locked: :unlock work asks for its password")


async def test_a_locked_profile_asks_when_it_is_entered(locked, work):
    await locked.command("focus conversations")
    await locked.press("G", "Enter")
    await locked.see("Profile work")
    await locked.type("wrong\n")
    await locked.see("this is not the profile password")
    await locked.type("open sesame\n")
    await locked.see("wherefore art thou")
    await locked.lose("(locked)")


async def test_who_does_not_give_the_password_stays_with_the_others(locked, work):
    await locked.command("unlock work")
    await locked.see("Profile work")
    await locked.press("Esc")
    await locked.see("The profile is locked")
    await locked.command("chat new@example.org")
    await locked.see("work is locked: :unlock work asks for its password")
    await locked.command("chat bob")
    await locked.see("have you seen this?")
    assert "work (locked)" in locked.screen


async def test_the_profile_that_is_shown_first_asks_at_once_and_others_need_not_wait(
    work, account, fly
):
    account.password = "open sesame"
    pilot = await fly().start(until="Profile alice")
    await pilot.press("Esc")
    await pilot.see("juliet")
    await pilot.see("alice (locked)")
    await pilot.command("chat juliet")
    await pilot.see("wherefore art thou")


async def test_locking_one_profile_leaves_the_others(both, work):
    work.password = "open sesame"
    await both.command("chat juliet")
    await both.see("wherefore art thou")
    await both.command("lock work")
    await both.see("work (locked)")
    await both.lose("wherefore art thou")
    assert "bob" in both.screen


async def test_a_profile_that_is_removed_takes_what_was_shown_of_it_along(both, fake, work):
    await both.command("chat juliet")
    await both.type("half a text")
    await both.see("wherefore art thou")
    await both.press("Esc")
    fake.remove_profile(work)
    await both.see("have you seen this?")
    assert "juliet" not in both.screen
    assert "work" not in both.screen
    assert "alice*" not in both.screen
    await both.type("i!\n")
    await both.until(lambda: sends(fake.profile))


async def test_what_is_being_written_in_a_profile_that_is_removed_goes_to_nobody(both, fake, work):
    await both.command("chat juliet")
    await both.see("wherefore art thou")
    await both.type("half a text")
    await both.see("> half a text")
    fake.remove_profile(work)
    await both.see('the profile "work" was removed while you wrote')
    await both.type(", and the rest\n")
    await both.see("no conversation is open")
    await both.command("chat bob")
    await both.type("hello\n")
    await both.until(lambda: sends(fake.profile) == [(BOB, "hello")])


async def test_another_profile_that_is_removed_leaves_one_typing(both, fake, work):
    await both.type("half a text")
    fake.remove_profile(work)
    await both.lose("work")
    await both.type(" and all")
    await both.see("> half a text and all")


async def test_a_profile_that_is_made_meanwhile_appears(pilot, fake):
    work = fake.add_profile("work", "alice@example.net")
    await pilot.see("work")
    work.message(JULIET, "welcome")
    await pilot.see("juliet")
    assert pilot.state.layout.place.account == "alice"
    assert "have you seen this?" in pilot.screen


async def test_where_the_last_profile_is_removed_another_can_be_made(pilot, fake):
    fake.remove_profile()
    await pilot.see("XMPP address")
    await pilot.type("mia@example.org\nsecret\n")
    await pilot.see(":chat ADDRESS opens a conversation")
    assert fake.profile.name == "mia"


async def test_another_profile_that_is_removed_does_not_end_the_one_asked_for(work, fake, fly):
    pilot = await fly(wanted="alice").start(until="have you seen this?")
    fake.remove_profile(work)
    fake.profile.message(BOB, "still there")
    await pilot.see("still there")
    fake.remove_profile()
    with pytest.raises(ProfileRemoved):
        await pilot.exit_code()


async def test_what_goes_wrong_with_one_profile_is_its_own_affair(work, fake, fly):
    work.listed.clear()
    pilot = await fly().start(until="have you seen this?")
    work.state = "locked"
    work.password = "open sesame"
    work.listed.set()
    await pilot.see("work: attaching failed")
    await pilot.type("hello\n")
    await pilot.until(lambda: sends(fake.profile) == [(BOB, "hello")])


async def test_a_backend_that_comes_back_brings_all_of_them(both, fake, account, work, bus):
    await fake.stop()
    await both.see("No backend since")
    again = FakeBackend(bus.address)
    again.profiles = [account, work]
    work.message(JULIET, "written meanwhile", tell=False)
    await again.start()
    await both.lose("No backend")
    await both.command("chat juliet")
    await both.see("written meanwhile")
    await both.end()
    await again.stop()


async def test_the_profiles_are_listed_with_their_state(both, work):
    work.become("offline")
    await both.see("work (offline)")
    await both.command("profile")
    await both.see("* alice  online  alice@example.org")
    await both.see("work  offline  alice@example.net")
    await both.type(" work\n")
    await both.until(lambda: both.state.layout.place.account == "work")


async def test_without_the_backend_nobody_knows_how_profiles_stand(both, fake):
    await fake.stop()
    await both.see("No backend since")
    assert "(" not in "".join(row[:20] for row in both.terminal.rows)
    for line in ("presence", "status"):
        await both.command(line)
        await both.see("the backend is not running, so nobody knows")
        await both.command("cancel")
    await both.command("profile")
    await both.see("* alice  unknown  alice@example.org")
    assert "online" not in both.screen


async def test_commands_act_on_the_profile_named_or_on_this_one(both, account, work):
    await both.command("disconnect work")
    await both.see("work (offline)")
    assert account.state == "online"
    await both.command("connect work")
    await both.see("work: online")
    await both.command("profile work")
    await both.command("disconnect")
    await both.until(lambda: work.state == "offline")
    await both.command("connect nobody")
    await both.see('there is no profile called "nobody"')


async def test_drafts_of_all_accounts_are_kept(both, account, work):
    await both.type("for bob from alice")
    await both.command("chat juliet")
    await both.type("for juliet")
    await both.end()
    assert ("SetDraft", BOB, "for bob from alice") in account.calls
    assert ("SetDraft", JULIET, "for juliet") in work.calls


async def test_words_are_found_in_all_accounts_and_it_is_said_whose(both, account, work):
    account.message(MIA, "the contract of mia", tell=False, state="read")
    await both.command("search contract")
    await both.see("work: bob")
    await both.see("alice: mia")
    await both.press("G", "Enter")
    await both.see("about the contract")
    assert both.state.layout.place.account == "work"


async def test_what_was_found_of_a_profile_goes_when_it_is_locked(both, work):
    work.password = "open sesame"
    await both.command("search contract")
    await both.see("work: bob")
    await both.command("lock work")
    await both.see("work (locked)")
    await both.lose("about the contract")


async def test_two_panes_with_the_same_person_say_as_whom_one_is_in_each(both, account, work):
    both.resize(140, 30)
    await both.command(f"vsplit {BOB} work")
    await both.see("bob as alice")
    await both.see("bob as work >")
    await both.type("from work\n")
    await both.until(lambda: sends(work) == [(BOB, "from work")])
    await both.command("focus other")
    await both.press("i")
    await both.see("bob as alice >")
    await both.type("from alice\n")
    await both.until(lambda: sends(account) == [(BOB, "from alice")])
    assert sends(work) == [(BOB, "from work")]


async def test_a_removed_profile_leaves_both_panes(both, fake, work):
    both.resize(140, 30)
    await both.command("vsplit juliet")
    await both.see("wherefore art thou")
    await both.command("focus other")
    fake.remove_profile(work)
    await both.lose("wherefore art thou")
    assert "have you seen this?" in both.screen
    await both.command("back")
    assert "juliet" not in both.screen


async def test_a_pane_of_a_profile_that_is_locked_says_so(both, work):
    work.protect("open sesame")
    both.resize(140, 30)
    await both.command("vsplit juliet")
    await both.see("wherefore art thou")
    await both.command("focus other")
    await both.command("lock work")
    await both.see("work is locked: :unlock work asks for its password")
    assert ":chat ADDRESS opens a conversation" not in both.screen


@pytest.fixture
async def written(both, work):
    """The program with bob in one pane, and beside it a draft for juliet in work, just locked."""
    work.protect("open sesame")
    both.resize(140, 30)
    await both.command("vsplit juliet")
    await both.see("wherefore art thou")
    await both.type("my secret draft")
    await both.press("Esc", "F6")
    await both.until(lambda: both.state.layout.place.peer == BOB)
    await both.command("lock work")
    await both.see("work (locked)")
    return both


async def test_on_the_smallest_screen_what_is_typed_has_most_of_the_row(both):
    both.resize(20, 5)
    await both.type("hello my dear")
    await both.see("hello my dear")
    assert "a… > hello my dear" in both.terminal.rows[-1]


async def test_nothing_of_a_conversation_in_a_locked_profile_shows(written):
    for word in ("juliet", "wherefore", "secret"):
        assert word not in written.screen
    await written.press("F6")
    await written.see("Profile work")
    await written.press("Esc")
    await written.see("The profile is locked")
    for word in ("juliet", "wherefore", "secret"):
        assert word not in written.screen


async def test_nothing_can_be_typed_into_a_locked_profile(written, work):
    await written.press("F6")
    await written.see("Profile work")
    await written.press("Esc", "i")
    await written.type("more")
    await written.see("work is locked: :unlock work asks for its password")
    await written.paste("pasted")
    await written.type("\n")
    assert "more" not in written.terminal.rows[-1]
    await written.command("unlock")
    await written.see("Profile work")
    await written.type("open sesame\n")
    await written.see("> my secret draft")
    assert "my secret draftmore" not in written.screen
    assert "pasted" not in written.screen
    assert not sends(work)


async def test_a_draft_in_a_locked_profile_is_there_again_once_the_password_was_given(
    written, work
):
    await written.press("F6")
    await written.see("Profile work")
    await written.type("open sesame\n")
    await written.see("wherefore art thou")
    await written.see("> my secret draft")
    await written.press("i")
    await written.type(", and more\n")
    await written.until(lambda: sends(work) == [(JULIET, "my secret draft, and more")])


async def test_what_is_being_typed_goes_out_of_sight_when_the_profile_is_locked(both, work):
    work.protect("open sesame")
    await both.command("chat juliet")
    await both.see("wherefore art thou")
    await both.type("my secret draft")
    work.become("locked")
    await both.see("The profile is locked")
    await both.lose("my secret draft")
    await both.command("unlock")
    await both.type("open sesame\n")
    await both.see("> my secret draft")


async def test_who_leaves_is_told_in_which_profile_a_draft_would_be_lost(both, work):
    await both.command("chat juliet")
    await both.see("wherefore art thou")
    work.refusal = StorageError("the disk is full")
    await both.type("precious")
    await both.press("C-x")
    await both.see("The backend doesn't keep what you typed to juliet of work")
    await both.press("Esc")
    work.protect("open sesame")
    work.become("locked")
    await both.see("The profile is locked")
    await both.press("C-x")
    await both.see("The backend doesn't keep what you typed to somebody of work")


async def test_who_leaves_is_told_below_which_post_a_comment_was_not_said(both, work):
    work.blog_refusals["SetCommentDraft"] = StorageError("the disk is full")
    node = "urn:xmpp:microblog:0:comments/rose"
    work.write(JULIET, "rose", title="A rose", comments_service=JULIET, comments_node=node)
    await both.command("profile work")
    await both.command(f"blog {JULIET}")
    await both.see("A rose")
    await both.press("Enter")
    await both.see("comment >")
    await both.press("c")
    await both.type("precious")
    await both.press("C-x")
    await both.see('The backend doesn\'t keep what you typed to the post "A rose"')
    await both.press("Esc")
    work.protect("open sesame")
    work.become("locked")
    await both.see("The profile is locked")
    await both.press("C-x")
    await both.see("The backend doesn't keep what you typed to a post")


async def test_what_waits_in_all_profiles_is_not_taken_for_that_of_one(both, account, work):
    account.message(MIA, "new at home")
    await both.see("all profiles: 1 unread")


async def test_long_names_of_profiles_are_shortened_before_any_is_left_out(both, fake):
    both.resize(120, 30)
    fake.add_profile("a-profile-with-a-name-that-is-long", "mia@example.com")
    await both.see("a-profile")
    await both.command("profile a-profile-with-a-name-that-is-long")
    await both.until(lambda: "alice " in both.terminal.rows[0] and "…* " in both.terminal.rows[0])
    assert "work " in both.terminal.rows[0]


async def test_people_of_all_accounts_complete(both, work):
    await both.press("Esc", ":")
    await both.type("chat jul")
    await both.press("Tab")
    assert both.state.command_line.text == f"chat {JULIET} "
    await both.type("w")
    await both.press("Tab")
    assert both.state.command_line.text == f"chat {JULIET} work "


async def test_whom_two_other_profiles_know_is_not_guessed(both, fake, work):
    club = fake.add_profile("club", "alice@example.com")
    club.message(JULIET, "see you there")
    await both.see("club")
    await both.command("profile club")
    await both.see("see you there")
    await both.command("chat bob")
    await both.see('"alice" and "work" know "bob": :profile NAME goes to one of them')
    assert both.state.layout.place == Place("club", JULIET)
    await both.command("chat mia")
    await both.see("an older one")
    await both.see("alice: you are now in this profile, which knows mia")


async def test_ones_own_address_is_oneself_in_the_profile_where_one_is(both, account, work):
    work.know(ALICE)
    account.write(ALICE, "tea", title="On tea")
    await both.command(f"blog {ALICE}")
    await both.see("On tea")
    assert both.state.layout.place.account == "alice"
    await both.press("q")
    await both.command(f"chat {ALICE}")
    await both.until(lambda: both.state.layout.place == Place("alice", ALICE))


async def test_a_blog_that_another_profile_knows_is_read_and_commented_on_as_who_asks(
    both, account, work
):
    work.follow(JULIET)
    service, node = "comments.example.net", f"{MICROBLOG}:comments/rose"
    commented = {"comments_service": service, "comments_node": node}
    for each in (account, work):
        each.write(JULIET, "rose", title="What is in a name", **commented)
    work.draft_comment(JULIET, "rose", "Half a thought")
    known = both.state.accounts
    await both.until(lambda: known["work"].of(Blogs).followed())
    await both.command("blog juliet")
    await both.see("What is in a name")
    assert both.state.layout.place.account == "alice"
    await both.press("Enter")
    await both.see("Post: What is in a name")
    await both.see("comment >")
    assert "Half a thought" not in both.screen
    await both.press("c")
    await both.type("Whose words are these?\n")
    said = ("Comment", JULIET, MICROBLOG, "rose", "Whose words are these?", "")
    await both.until(lambda: said in account.calls)
    assert not [call for call in work.calls if call[0] == "Comment"]
    await both.command(f"follow {JULIET}")
    await both.see("work follows it too")
    assert ("Subscribe", JULIET, MICROBLOG) in account.calls


@pytest.mark.parametrize(
    ("line", "call"),
    [
        (f"attention {JULIET}", "Attention"),
        (f"subscribe {JULIET}", "Subscribe"),
        (f"block {JULIET}", "Block"),
    ],
)
@pytest.mark.parametrize("is_named", [False, True])
async def test_what_is_told_somebody_whom_another_profile_knows_comes_from_who_says_it(
    both, account, work, line, call, is_named
):
    await both.command(line.replace(JULIET, "juliet") if is_named else line)
    await both.until(lambda: [each for each in account.calls if each[:2] == (call, JULIET)])
    assert not [each for each in work.calls if each[0] == call]
    assert both.state.layout.place.account == "alice"


async def test_a_contact_of_another_profile_is_not_removed_from_this_one(both, work):
    await both.command(f"remove {JULIET}")
    await both.see(f'"{JULIET}" is no contact')
    assert JULIET in work.contacts


async def test_a_post_is_shared_with_somebody_as_who_reads_it(both, account, work):
    await both.command("chat juliet")
    await both.type("Half a letter")
    await both.command("profile alice")
    account.write(MIA, "tea", title="On tea")
    await both.command("blog mia")
    await both.see("On tea")
    await both.command(f"share {JULIET}")
    await both.until(lambda: both.state.layout.place == Place("alice", JULIET))
    await both.until(lambda: both.state.conversation.editor.text.startswith("On tea\n"))
    assert "Half a letter" not in both.state.conversation.editor.text


async def test_a_link_to_somebody_whom_another_profile_knows_opens_as_who_opens_it(both, work):
    await both.command(f"open xmpp:{JULIET}?message;body=Good%20morrow")
    await both.until(lambda: both.state.layout.place == Place("alice", JULIET))
    await both.until(lambda: both.state.conversation.editor.text == "Good morrow")


async def test_a_room_that_another_profile_is_in_is_entered_as_who_enters_it(both, account, work):
    work.enter(LAB, "me")
    await both.until(lambda: both.state.accounts["work"].of(Rooms).is_in(LAB))
    await both.command(f"leave {LAB}")
    await both.see(f'you are not in "{LAB}"')
    assert not [call for call in work.calls if call[0] == "Leave"]
    await both.command("join lab")
    await both.until(lambda: [each for each in account.calls if each[:2] == ("Join", LAB)])
    assert both.state.layout.place.account == "alice"


async def test_who_is_called_so_in_two_other_profiles_is_not_guessed(both, fake, work):
    club = fake.add_profile("club", "alice@example.com")
    club.know("juliet@example.com", name="juliet")
    known = both.state.accounts
    await both.until(
        lambda: "club" in known and "juliet@example.com" in known["club"].roster.jids()
    )
    await both.command("blog juliet")
    await both.see('are called "juliet": write the address')


async def test_nobody_of_a_locked_profile_completes(locked):
    await locked.press("Esc", ":")
    await locked.type("chat jul")
    await locked.press("Tab")
    assert locked.state.command_line.text == "chat jul"


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (60, 16)])
async def test_several_accounts_fit_on_small_screens(both, size):
    both.resize(*size)
    await both.type("hello")
    await both.see("hello")
    assert "work" not in both.terminal.rows[0] or size[0] >= 36
    await both.command("focus conversations")
    if size[1] >= 10:
        await both.see("juliet")


async def test_presence_is_that_of_the_account_where_one_is(both, account, work):
    await both.command("profile work")
    await both.command("presence away at lunch")
    await both.until(lambda: (work.show, work.status) == ("away", "at lunch"))
    assert account.show == "online"


async def test_what_is_wrong_with_each_account_is_told_by_name(both, account, work):
    work.become("waiting", ("HostUnreachable", "example.net does not answer"))
    account.warn("the archive of alice is slow")
    await both.see("work (waiting)")
    await both.see("alice: the archive of alice is slow")
    await both.command("warnings")
    await both.see("work: Not connected: example.net does not answer")
    await both.press("Esc")
    await both.command("dismiss")
    await both.until(lambda: not account.warnings)


async def test_one_goes_back_from_a_profile_to_where_one_was(both):
    before = both.state.layout.place
    await both.command("profile work")
    await both.until(lambda: both.state.layout.place.account == "work")
    await both.command("back")
    await both.until(lambda: both.state.layout.place == before)


async def test_nobody_waits_for_a_profile_that_is_removed(work, account, fake, fly):
    account.listed.clear()
    pilot = await fly().start(until="alice*")
    assert "juliet" not in pilot.screen
    fake.remove_profile(account)
    await pilot.see("juliet")


async def test_a_profile_with_other_data_asks_for_its_password_anew(both, fake, account, work, bus):
    work.password = "open sesame"
    await fake.stop()
    await both.see("No backend since")
    work.id = "restored"
    again = FakeBackend(bus.address)
    again.profiles = [account, work]
    await again.start()
    await both.see("work (locked)")
    assert "juliet" not in both.screen
    await both.end()
    await again.stop()


async def test_who_closes_a_conversation_goes_on_as_the_same_account(both, account, work):
    await both.command("chat mia")
    await both.until(lambda: both.state.layout.place.peer == MIA)
    await both.command("close")
    await both.see("have you seen this?")
    assert both.state.layout.place.account == "alice"
    await both.command(f"chat {BOB} work")
    await both.see("about the contract")
    await both.command("close")
    await both.see("wherefore art thou")
    assert both.state.layout.place.account == "work"


async def test_who_closes_the_last_conversation_stays_in_the_profile_and_writes_to_nobody(
    both, account, work
):
    await both.command("chat juliet")
    await both.see("wherefore art thou")
    await both.type("/close\n")
    await both.see("about the contract")
    assert both.state.mode == "normal"
    await both.type("i/close\n")
    await both.lose("about the contract")
    assert both.state.layout.place == Place("work")
    assert both.state.mode == "normal"
    await both.type("ihello\n")
    await both.see("no conversation is open")
    assert not sends(account)
    assert not sends(work)


async def test_who_is_about_to_write_in_a_profile_that_is_removed_writes_to_nobody(
    both, fake, work
):
    await both.command("chat juliet")
    await both.see("wherefore art thou")
    fake.remove_profile(work)
    await both.lose("wherefore art thou")
    await both.type("hello\n")
    await both.see("no conversation is open")
    assert not sends(fake.profile)


async def test_ones_clients_are_those_of_ones_own_account_though_another_knows_it(
    both, account, work
):
    work.know(account.jid, name="my other self")
    work.message(account.jid, "to myself", tell=False, state="read")
    work.converse(account.jid)
    account.know(work.jid, name="the office")
    await both.until(lambda: account.jid in both.state.accounts["work"].conversations)
    await both.command("clients")
    await both.see("no other client of yours is online")
    assert both.state.view.popup.title == "alice"
    await both.press("Esc")
    await both.command("profile work")
    await both.command("clients")
    await both.see("no other client of yours is online")
    await both.see(f"address     {work.jid}")


@pytest.fixture
async def in_labs(both, account, work):
    """Both profiles are in one room, and know another of its name each for itself."""
    for each in (account, work):
        each.enter(LAB, "me")
    account.enter(ATTIC, "me")
    work.enter("attic@rooms.example.net", "me")
    known = both.state.accounts
    await both.until(lambda: known["work"].of(Rooms).is_in("attic@rooms.example.net"))
    await both.until(lambda: known["alice"].of(Rooms).is_in(ATTIC))
    return both


async def test_a_room_that_is_named_is_that_of_the_account_where_one_is(in_labs, work):
    for profile, attic in (("work", "attic@rooms.example.net"), ("alice", ATTIC)):
        await in_labs.command(f"profile {profile}")
        for name, room in (("lab", LAB), ("attic", attic)):
            await in_labs.command(f"join {name}")
            there = in_labs.state.accounts[profile].place(room)
            await in_labs.until(partial(is_at, in_labs, there))


def is_at(pilot, place):
    return pilot.state.layout.place == place


async def test_a_room_that_several_know_is_completed_once(in_labs):
    await in_labs.press("Esc")
    await in_labs.type(":join la")
    await in_labs.press("Tab")
    await in_labs.see(f":join {LAB}")
    await in_labs.press("Tab")
    assert f":join {LAB}" in in_labs.screen


async def test_an_invitation_that_is_named_is_one_to_the_account_where_one_is(both, account, work):
    for each in (account, work):
        each.invite(LAB, BOB)
    known = both.state.accounts
    await both.until(lambda: all(len(each.of(Invitations)) for each in known.values()))
    await both.command("accept-invitation lab")
    await account.called("AcceptInvitation", "1", "")
    assert not [call for call in work.calls if call[0] == "AcceptInvitation"]


async def test_what_is_asked_is_listed_with_the_profile_that_is_asked(both, work):
    work.invite(LAB, BOB)
    await both.see("+ work: lab@")


@pytest.mark.parametrize("profile", ["alice", "work"])
async def test_an_invitation_is_answered_for_the_profile_that_it_is_to(
    both, account, work, profile
):
    for each in (account, work):
        each.invite(LAB, BOB)
    known = both.state.accounts
    await both.until(lambda: all(len(each.of(Invitations)) for each in known.values()))
    await both.command(f'invitation "1 of {profile}"')
    await both.see(f"Invitation of {profile}")
    await both.press("Enter")
    invited, other = (account, work) if profile == "alice" else (work, account)
    await invited.called("AcceptInvitation", "1", "")
    await both.until(lambda: both.state.layout.place == Place(profile, LAB))
    assert not [call for call in other.calls if call[0] == "AcceptInvitation"]


async def test_on_a_small_screen_the_numbers_that_wait_need_the_room_most(both, work, account):
    account.message(MIA, "psst")
    work.message(JULIET, "thy letter?")
    work.ask("romeo@example.net", "hi")
    account.ask("paris@example.net", "hi")
    await both.until(lambda: questions.waits(both.state) == 4)
    both.state.notices.clear()
    both.resize(44, 16)
    await both.see("2 unread  2 to answer")
    assert "alice" not in both.terminal.rows[-2]
    both.resize(20, 5)
    await both.press("Esc")
    await both.see("NORMAL  2 unread")


async def test_where_one_conversation_has_room_it_is_the_marked_one(both, account):
    for number in range(9):
        account.message(f"c{number}@example.org", "hello")
    await both.see("c8")
    await both.command("focus conversations")
    both.resize(20, 5)
    await both.press("g", "g", "j")
    await both.until(lambda: both.terminal.rows[2].startswith("▸") and "c8" in both.screen)
