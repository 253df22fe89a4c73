"""Ad-hoc commands: what a server offers, stages with forms, sessions, and what is refused."""

from xml.etree.ElementTree import fromstring

import pytest

from backendd.api import names
from backendd.api.errors import FormRejected, InvalidArgument, NotAllowed, NotSupported, UnknownItem
from backendd.core import forms
from backendd.features.commands import service, stanza
from backendd.xmpp.faults import StanzaError
from tests.lab.prosody import Prosody
from tests.lab.server import DOMAIN

NS = f"xmlns='{stanza.COMMANDS}'"
FORM = (
    "<x xmlns='jabber:x:data' type='form'><title>A bot</title>"
    "<field var='FORM_TYPE' type='hidden'><value>bot</value></field>"
    "<field var='name' type='text-single' label='Name'><required/></field></x>"
)
FIRST = (
    f"<command {NS} node='bot' sessionid='s1' status='executing'>"
    f"<actions execute='next'><next/></actions><note type='warn'>mind\u202e it</note>{FORM}"
    "</command>"
)
SECOND = (
    f"<command {NS} node='bot' sessionid='s1' status='executing'>"
    "<actions execute='complete'><prev/><complete/></actions></command>"
)
LAST = (
    f"<command {NS} node='bot' sessionid='s1' status='completed'><note>it lives</note>"
    "<x xmlns='jabber:x:data' type='result'><reported><field var='n'/></reported>"
    "<item><field var='n'><value>1</value></field></item></x></command>"
)


class Machine:
    """A service whose command goes from stage to stage; it keeps what it was asked."""

    def __init__(self, peer):
        self.address = peer.stream.full_jid
        self.answers = []
        self.asked = []
        peer.stream.on_request("set", stanza.TAG, self._answer)

    async def _answer(self, iq):
        command = iq[0]
        form = forms.find(command)
        filled = {each.var: each.values for each in form.fields} if form else None
        self.asked.append((command.get("action"), command.get("sessionid"), filled))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return fromstring(answer)


@pytest.fixture
async def home(make_home):
    return await (await make_home()).online()


@pytest.fixture
async def machine(home, make_peer):
    return Machine(await make_peer())


@pytest.fixture
def execute(home, machine):
    async def execute(session="", action="", values=None):
        return await home.call(
            names.SERVICES, "execute", machine.address, "bot", session, action, values or {}
        )

    return execute


@pytest.mark.every_server
async def test_what_a_server_offers_can_be_done(home):
    offered = await home.call(names.SERVICES, "commands", "")
    ping = next(each for each in offered if each.node in ("ping", "uptime"))
    done = await home.call(names.SERVICES, "execute", ping.jid, ping.node, "", "execute", {})
    assert done.status == "completed"
    assert done.notes[0].text
    with pytest.raises((UnknownItem, NotAllowed, NotSupported)):
        await home.call(names.SERVICES, "execute", "", "no such", "", "execute", {})


async def test_stages_are_gone_through_with_one_session(machine, execute):
    machine.answers = [FIRST, SECOND, LAST]
    first = await execute(action="execute")
    assert (first.session, first.status, first.actions, first.default) == (
        "s1", "executing", ["next"], "next",
    )  # fmt: skip
    assert [(each.type, each.text) for each in first.notes] == [("warn", "mind it")]
    assert first.form.title == "A bot"
    second = await execute("s1", "next", {"name": ["Hal"]})
    assert (second.actions, second.default) == (["prev", "complete"], "complete")
    last = await execute("s1", "complete")
    assert (last.status, last.actions, last.form.items) == ("completed", [], [{"n": ["1"]}])
    assert machine.asked == [
        ("execute", None, None),
        ("next", "s1", {"FORM_TYPE": ("bot",), "name": ("Hal",)}),
        ("complete", "s1", None),
    ]


async def test_what_does_not_fit_the_form_of_a_stage_is_not_sent(machine, execute):
    machine.answers = [FIRST]
    await execute()
    with pytest.raises(FormRejected, match=r"^name: Name is needed"):
        await execute("s1", "next")
    assert len(machine.asked) == 1


async def test_what_the_service_refuses_can_be_filled_in_anew(machine, execute):
    refusal = StanzaError("bad-request", "taken", kind="modify")
    machine.answers = [FIRST, refusal, SECOND]
    await execute()
    with pytest.raises(FormRejected, match="taken"):
        await execute("s1", "next", {"name": ["Hal"]})
    assert (await execute("s1", "next", {"name": ["Hal2"]})).status == "executing"
    assert machine.asked[-1][2]["FORM_TYPE"] == ("bot",)


async def test_a_command_is_cancelled_without_its_form(machine, execute):
    machine.answers = [FIRST, f"<command {NS} sessionid='s1' status='canceled'/>"]
    await execute()
    assert (await execute("s1", "cancel")).status == "canceled"
    assert machine.asked[-1] == ("cancel", "s1", None)


async def test_two_sessions_of_one_command_do_not_mix(machine, execute):
    machine.answers = [FIRST, FIRST.replace("s1", "s2").replace("'name'", "'other'"), LAST, LAST]
    await execute()
    await execute()
    await execute("s2", "next", {"other": ["b"]})
    await execute("s1", "next", {"name": ["a"]})
    assert [each[1:] for each in machine.asked[2:]] == [
        ("s2", {"FORM_TYPE": ("bot",), "other": ("b",)}),
        ("s1", {"FORM_TYPE": ("bot",), "name": ("a",)}),
    ]


async def test_sessions_without_end_are_forgotten_and_can_still_be_answered(
    machine, execute, monkeypatch
):
    monkeypatch.setattr(service, "MOST", 3)
    machine.answers = [FIRST.replace("s1", f"s{n}") for n in range(6)] + [LAST]
    for _ in range(6):
        await execute()
    await execute("s0", "next", {"name": ["a"]})
    assert machine.asked[-1] == ("next", "s0", {"name": ("a",)})


@pytest.mark.parametrize(
    "answer",
    [
        "<other xmlns='urn:x'/>",
        f"<command {NS} status='dancing'/>",
        f"<command {NS} status='completed'><actions><next/></actions></command>",
    ],
)
async def test_what_says_nothing_of_going_on_is_over(machine, execute, answer):
    machine.answers = [answer]
    done = await execute()
    assert (done.status, done.actions, done.default) == ("completed", [], "")


@pytest.mark.parametrize("action", ["dance", "Execute"])
async def test_only_the_actions_there_are_can_be_asked_for(execute, action):
    with pytest.raises(InvalidArgument):
        await execute(action=action)


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        ("", (["complete"], "complete")),
        ("<actions/>", (["complete"], "complete")),
        ("<actions execute='dance'><prev/><next/></actions>", (["prev", "next"], "next")),
        (
            "<actions execute='complete'><complete/><next/></actions>",
            (["next", "complete"], "complete"),
        ),
    ],
)
async def test_how_it_may_go_on_is_told_in_one_order(machine, execute, actions, told):
    machine.answers = [f"<command {NS} sessionid='s' status='executing'>{actions}</command>"]
    stage = await execute()
    assert (stage.actions, stage.default) == told


async def test_who_runs_a_server_makes_accounts_by_its_commands(make_home, make_peer, tmp_path):
    settings = f'admins = {{ "admin@{DOMAIN}" }}'
    with Prosody(tmp_path / "server", extra=["admin_adhoc"], settings=settings) as server:
        server.add_account("admin")
        home = await (await make_home("admin", server=server)).online()
        offered = await home.call(names.SERVICES, "commands", "")
        add = next(each for each in offered if each.node.endswith("#add-user"))

        async def execute(session, action, values):
            return await home.call(
                names.SERVICES, "execute", add.jid, add.node, session, action, values
            )

        asked = await execute("", "execute", {})
        account, password = f"made@{server.domain}", server.password("made")
        filled = {
            "accountjid": [account], "password": [password], "password-verify": ["another"],
        }  # fmt: skip
        refused = await execute(asked.session, asked.default, filled)
        assert [each.type for each in refused.notes] == ["error"]
        asked = await execute("", "execute", {})
        filled["password-verify"] = [password]
        done = await execute(asked.session, asked.default, filled)
        assert done.status == "completed"
        peer = await make_peer("made", server=server)
        assert peer.jid == account
