"""Who asks to read a blog: told, counted, listed, and answered once."""

from primitivus.model.questions.reader_requests import ReaderRequests
from tests.primitivus.fake import BOB, MIA

LIB = "pubsub.example.org"


async def until_asked(pilot, count):
    await pilot.until(lambda: len(pilot.state.account.of(ReaderRequests)) == count)


async def test_who_asks_is_said_with_how_to_answer_and_is_let_in(pilot, account):
    account.ask_to_read(BOB)
    await pilot.see('bob@example.org asks to read "your blog"')
    await pilot.command("next-notification")
    await pilot.see("Let them read it")
    await pilot.press("Enter")
    await pilot.see('bob@example.org may read "your blog" from now on')
    await account.called("AcceptReader", "1")
    await until_asked(pilot, 0)


async def test_several_are_counted_and_each_is_answered_by_name(pilot, account):
    account.know(MIA)
    account.ask_to_read(BOB)
    account.ask_to_read(MIA, LIB, "news")
    await until_asked(pilot, 2)
    await pilot.command("requests")
    await pilot.see('bob@example.org asks to read "your blog"')
    await pilot.see('asks to read "news at pubsub.example.org"')
    await pilot.press("Esc")
    await pilot.command("deny-reader mia")
    await pilot.see('does not get to read "news at pubsub.example.org"')
    await account.called("DenyReader", "2")


async def test_what_another_frontend_has_answered_is_asked_no_more(pilot, account):
    account.ask_to_read(BOB)
    await pilot.see('asks to read "your blog"')
    account.settle_reader("1")
    await pilot.lose('asks to read "your blog"')
    await pilot.command("accept-reader")
    await pilot.see("nobody asks to read a blog of yours")


async def test_nobody_of_another_name_is_let_in(pilot, account):
    account.ask_to_read(BOB)
    await until_asked(pilot, 1)
    await pilot.command("accept-reader romeo")
    await pilot.see('nobody called "romeo" asks to read a blog of yours')
    await until_asked(pilot, 1)


async def test_a_blog_is_for_those_who_are_let_in(pilot, account):
    await pilot.command("blog-access authorize")
    await pilot.see("your blog: for those whom its owner lets in")
    assert ("SetAccess", account.jid, "urn:xmpp:microblog:0", "authorize", []) in account.calls


async def test_who_waits_to_be_let_in_learns_what_is_answered(pilot, account):
    account.follow(LIB, "news", pending=True)
    account.follow(BOB, pending=True)
    account.follow(LIB, "news", pending=False)
    await pilot.see("news at pubsub.example.org: its owner lets you read it from now on")
    account.follow(BOB, pending=False, error=("NotAllowed", "its owner did not agree"))
    await pilot.see("bob: its owner did not agree that you read it")
