"""Commands of services on the screen: listed, led through, given up, and what came of them."""

import pytest

from backendd.api.errors import FormRejected, NotAllowed
from backendd.api.records import Execution, Form, FormField, Item, Note
from tests.primitivus.fake import Entity
from tests.primitivus.fake.services import COMMANDS

SERVER = "example.org"
ASKS = Execution(
    session="s1",
    status="executing",
    actions=["next"],
    default="next",
    notes=[Note(type="warn", text="it can't be undone")],
    form=Form(
        title="A user",
        fields=[FormField(var="name", type="text-single", label="Name", required=True)],
    ),
)
SURE = Execution(
    session="s1", status="executing", actions=["prev", "complete"], default="complete",
    form=Form(title="Sure?"),
)  # fmt: skip
DONE = Execution(session="s1", status="completed", notes=[Note(text="the user is made")])
TABLE = Execution(
    status="completed",
    form=Form(
        title="Users",
        fields=[FormField(var="many", type="text-single", label="In all", values=["2"])],
        reported=[
            FormField(var="who", type="jid-single", label="Who"),
            FormField(var="since", type="text-single", label="Since"),
        ],
        items=[
            {"who": ["ann@example.org"], "since": ["monday"]},
            {"who": ["bob@example.org"], "since": ["friday"]},
        ],
    ),
)


@pytest.fixture
def stages(account):
    """What the command answers, one after the other."""
    command = Entity()
    account.entities[SERVER, COMMANDS] = Entity(
        items=[Item(jid=SERVER, node="add", name="Add a user"), Item(jid=SERVER, node="other")]
    )
    account.entities[SERVER, "add"] = command
    return command.stages


def asked(account):
    return [call[3:] for call in account.calls if call[0] == "Execute"]


async def test_a_command_is_chosen_and_led_through_stage_by_stage(stages, account, pilot):
    stages += [ASKS, SURE, DONE]
    await pilot.command("command")
    await pilot.see("Add a user")
    await pilot.type("add\n")
    await pilot.see("Careful: it can't be undone")
    await pilot.type("Hal\n")
    await pilot.see("Sure?")
    await pilot.see("[ Back ]")
    await pilot.press("F4")
    await pilot.see("the user is made")
    assert asked(account) == [
        ("", "execute", {}),
        ("s1", "next", {"name": ["Hal"]}),
        ("s1", "complete", {}),
    ]


async def test_one_goes_back_a_stage_without_filling_in(stages, account, pilot):
    stages += [SURE, ASKS, SURE]
    await pilot.command("command example.org add")
    await pilot.see("Sure?")
    await pilot.press("Left", "Enter")
    await pilot.see("A user")
    assert asked(account)[-1] == ("s1", "prev", {})


async def test_leaving_a_stage_gives_the_command_up(stages, account, pilot):
    stages += [ASKS, Execution(status="canceled")]
    await pilot.command("command example.org add")
    await pilot.see("A user")
    await pilot.type("Hal")
    await pilot.press("Esc")
    await pilot.see("add is cancelled")
    assert asked(account)[-1] == ("s1", "cancel", {})
    stages += [ASKS]
    await pilot.command("command example.org add")
    await pilot.see("Hal")


async def test_what_the_service_refuses_is_said_in_the_form(stages, account, pilot):
    stages += [ASKS, FormRejected("name: taken"), DONE]
    await pilot.command("command example.org add")
    await pilot.see("A user")
    await pilot.type("Hal\n")
    await pilot.see("Name: taken")
    await pilot.type("2\n")
    await pilot.see("the user is made")
    assert asked(account)[-1] == ("s1", "next", {"name": ["Hal2"]})


async def test_rows_are_a_table_that_narrows_down_and_leads_to_addresses(stages, account, pilot):
    stages += [TABLE]
    await pilot.command("command example.org add")
    await pilot.see("Who              Since")
    await pilot.see("In all: 2")
    await pilot.see("ann@example.org  monday")
    await pilot.type("friday\n")
    await pilot.until(lambda: pilot.state.layout.place.peer == "bob@example.org")


async def test_a_refusal_and_a_service_without_commands_are_said(stages, account, pilot):
    stages += [NotAllowed("example.org refuses: forbidden")]
    await pilot.command("command example.org add")
    await pilot.see("example.org refuses: forbidden")
    account.entities["dull.example.org", COMMANDS] = Entity()
    await pilot.command("command dull.example.org")
    await pilot.see('"dull.example.org" offers no commands')


async def test_a_command_without_end_can_be_left_at_any_stage(stages, account, pilot):
    stages += [SURE] * 20
    await pilot.command("command example.org add")
    for number in range(1, 11):
        await pilot.until(lambda number=number: len(asked(account)) == number)
        await pilot.until(lambda: pilot.state.view.popup and not pilot.state.view.popup.is_busy)
        await pilot.press("F4")
    # It is handed over, and the answer not here.
    await pilot.press("Esc")
    await pilot.see("add is cancelled")
    assert pilot.state.view.popup is None
    assert asked(account)[-1] == ("s1", "cancel", {})


async def test_a_command_is_begun_from_the_services_as_well(stages, account, pilot):
    stages += [DONE]
    account.entities[SERVER, ""] = Entity(
        items=[Item(jid=SERVER, node=COMMANDS, name="Commands of it")]
    )
    await pilot.command("services")
    await pilot.see("Commands of it")
    await pilot.press("Enter")
    await pilot.see("Add a user")
    await pilot.press("Enter")
    await pilot.see("the user is made")
