"""What has to be answered before something gets through: asked, answered, and left."""

from primitivus.model.questions.challenges import Challenges
from primitivus.model.rooms.rooms import Rooms
from tests.primitivus.fake import BOB

CELLAR = "cellar@rooms.example.org"
ON_THE_WEB = "https://example.org/captcha/1"


async def until_asked(pilot, count=1):
    await pilot.until(lambda: len(pilot.state.account.of(Challenges)) == count)


async def test_what_a_room_asks_is_said_and_answered_by_its_form(pilot, account):
    account.enter(CELLAR)
    await pilot.until(lambda: pilot.state.account.of(Rooms).get(CELLAR) is not None)
    account.challenge(CELLAR, text="Are you a robot?", url=ON_THE_WEB)
    await pilot.see(f"{CELLAR} asks something before it lets you in (a captcha)")
    await pilot.command("next-notification")
    await pilot.see("Are you a robot?")
    await pilot.see(f"on the web: {ON_THE_WEB}")
    await pilot.see("https://example.org/captcha.png")
    await pilot.type("seal")
    await pilot.press("Enter", "Enter")
    await account.called("AnswerChallenge", "1", {"ocr": ["seal"]})
    await pilot.see(f"{CELLAR} has your answer")


async def test_what_is_asked_about_a_message_is_named_by_whom_that_was_to(pilot, account):
    account.challenge(BOB)
    await pilot.see(f"what you sent to {BOB} waits for an answer of yours (a captcha)")
    await pilot.command("challenge bob")
    await pilot.see("What you see")


async def test_a_wrong_answer_is_told_and_ends_the_form(pilot, account):
    account.challenge(CELLAR)
    await until_asked(pilot)
    await pilot.command("challenge")
    await pilot.see("What you see")
    await pilot.type("walrus")
    await pilot.press("Enter", "Enter")
    await pilot.see("this isn't what it wanted to hear")
    assert pilot.state.view.popup is None


async def test_who_does_not_answer_says_so(pilot, account):
    account.challenge(CELLAR)
    await until_asked(pilot)
    await pilot.command("challenge")
    await pilot.see("Don't answer")
    await pilot.press("Tab", "Tab", "Enter")
    await account.called("DeclineChallenge", "1")
    await pilot.see(f"{CELLAR} gets no answer from you")


async def test_who_leaves_the_form_is_asked_still(pilot, account):
    account.challenge(CELLAR)
    await until_asked(pilot)
    await pilot.command("challenge")
    await pilot.see("What you see")
    await pilot.press("Esc")
    await pilot.lose("What you see")
    await pilot.command("requests")
    await pilot.see(f":challenge {CELLAR}")


async def test_where_nothing_is_asked_that_is_said(pilot, account):
    await pilot.command("challenge")
    await pilot.see("nothing waits for your answer")
    account.challenge(CELLAR)
    await until_asked(pilot)
    await pilot.command("challenge attic")
    await pilot.see('nobody asks anything about "attic"')
