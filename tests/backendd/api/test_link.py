import asyncio
import os
import threading

import pytest

from backendd.api.bus_messages import signal
from backendd.api.errors import InvalidArgument, NotAllowed, NotSupported, Timeout
from backendd.api.link import BusLost, Link, MatchRule, NameTaken, NoBus, NotRunning
from backendd.api.tasks import Tasks
from tests.lab.patience import PATIENCE_S

DRIVER = "org.freedesktop.DBus"
NAME = "org.example.Name"


async def roundtrip(link):
    """Return when what was sent to `link` before has come."""
    await link.call(DRIVER, "/", DRIVER, "GetId")


async def test_a_call_returns_plain_values(links):
    names = await links[0].call(DRIVER, "/", DRIVER, "ListNames")
    assert {links[0].unique_name, links[1].unique_name, DRIVER} <= set(names[0])


@pytest.mark.parametrize("address", ["", ";", "nonsense", "unix:path=/nonexistent/bus", "unix:x=y"])
async def test_an_address_without_a_bus_is_said_to_be_none(address, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address or ";")
    with pytest.raises(NoBus, match="can't be used"):
        await Link.open()


async def test_of_several_addresses_the_first_that_works_is_taken(private_bus):
    link = await Link.open(f"unix:path=/nonexistent;{private_bus.address}")
    assert link.unique_name.startswith(":")
    await link.close()


@pytest.mark.parametrize(
    ("answer", "says"), [(b"", "closed the connection"), (b"REJECTED EXTERNAL\r\n", "REJECTED")]
)
async def test_a_server_that_turns_us_away_is_no_bus(tmp_path, answer, says):
    gone = asyncio.Event()

    async def turn_away(reader, writer):
        await reader.readline()
        writer.write(answer)
        writer.write_eof()
        await reader.read()
        writer.close()
        gone.set()

    async with await asyncio.start_unix_server(turn_away, tmp_path / "bus"):
        with pytest.raises(NoBus, match=says):
            await Link.open(f"unix:path={tmp_path}/bus")
        await gone.wait()


async def test_nobody_under_a_name_is_not_running(links):
    with pytest.raises(NotRunning, match=r"org.example.Name is not running") as raised:
        await links[0].call(NAME, "/", NAME, "Do")
    assert raised.value.exit_code == 3
    with pytest.raises(NotRunning):
        await links[0].call(":1.9999", "/", NAME, "Do")


async def test_a_service_that_cannot_be_started_is_not_running(tmp_path, private_bus, links):
    (tmp_path / f"{NAME}.service").write_text(f"[D-BUS Service]\nName={NAME}\nExec=/bin/false\n")
    await links[0].call(DRIVER, "/", DRIVER, "ReloadConfig")
    with pytest.raises(NotRunning):
        await links[0].call(NAME, "/", NAME, "Do")
    with pytest.raises(NotRunning):
        await links[0].call(NAME, "/", NAME, "Do", no_auto_start=True)


async def test_errors_of_the_bus_itself_are_told_apart(links):
    with pytest.raises(NotSupported):
        await links[0].call(DRIVER, "/", DRIVER, "Dance")
    with pytest.raises(InvalidArgument):
        await links[0].call(DRIVER, "/", DRIVER, "GetNameOwner", "x", [5])
    with pytest.raises(NotRunning):
        await links[0].call(DRIVER, "/", DRIVER, "GetNameOwner", "s", [NAME])


async def test_who_serves_nothing_says_so(links):
    with pytest.raises(NotSupported, match="nothing is served here"):
        await links[0].call(links[1].unique_name, "/", NAME, "Do")


async def test_a_failing_server_leaks_nothing_and_lives_on(links, caplog):
    called = asyncio.Event()

    def fail(message):
        called.set()
        raise RuntimeError("secret")

    links[1].serve(fail)
    with pytest.raises(Timeout):
        await links[0].call(links[1].unique_name, "/", NAME, "Do", timeout=0.2)
    await called.wait()
    await roundtrip(links[1])
    assert "secret" in caplog.text


async def test_a_call_nobody_answers_ends_at_its_time_limit(links):
    links[1].serve(lambda message: None)
    with pytest.raises(Timeout, match=r"within 0.01 seconds"):
        await links[0].call(links[1].unique_name, "/", NAME, "Do", timeout=0.01)


async def test_a_service_that_leaves_before_it_answers_is_not_running(links, private_bus):
    service = await Link.open(private_bus.address)
    called = asyncio.Event()
    service.serve(lambda message: called.set())
    async with asyncio.TaskGroup() as group:

        async def call():
            with pytest.raises(NotRunning):
                await links[0].call(service.unique_name, "/", NAME, "Do")

        group.create_task(call())
        await called.wait()
        await service.close()


async def test_all_calls_fail_at_once_when_the_bus_is_lost(private_bus):
    caller, service = await Link.open(private_bus.address), await Link.open(private_bus.address)
    came = asyncio.Semaphore(0)
    service.serve(lambda message: came.release())

    async def call():
        with pytest.raises(BusLost):
            await caller.call(service.unique_name, "/", NAME, "Do", timeout=3600)

    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(call())
        for _ in range(3):
            await came.acquire()
        private_bus.kill()
        await caller.wait_closed()
    assert caller.is_lost
    await service.wait_closed()
    await call()  # later ones, too
    caller.subscribe(MatchRule(member="Any"), print)()
    caller.watch_name(NAME, print)()
    await caller.close()
    await service.close()


async def test_who_calls_over_a_bus_that_has_just_died_is_told_so(private_bus):
    link = await Link.open(private_bus.address)
    private_bus.kill()
    with pytest.raises(BusLost):
        await link.call(NAME, "/", NAME, "Do", timeout=3600)


async def test_a_call_is_on_its_way_before_the_caller_goes_on_with_something_else(private_bus):
    serving, called = threading.Event(), threading.Event()

    async def serve():
        service = await Link.open(private_bus.address)
        service.serve(lambda message: called.set())
        await service.request_name(NAME)
        serving.set()
        await service.wait_closed()

    service = threading.Thread(target=asyncio.run, args=(serve(),))
    service.start()
    link = await Link.open(private_bus.address)
    await asyncio.to_thread(serving.wait)
    async with asyncio.TaskGroup() as group:

        async def call():
            with pytest.raises(BusLost):
                await link.call(NAME, "/", NAME, "Do")

        group.create_task(call())
        await asyncio.sleep(0)  # it begins
        assert called.wait(PATIENCE_S)  # and this loop does nothing meanwhile
        private_bus.kill()
    await asyncio.to_thread(service.join)


async def test_a_bus_that_is_lost_in_the_middle_of_a_write_is_lost(private_bus):
    link = await Link.open(private_bus.address)
    private_bus.pause()
    for _ in range(100):
        link.send(signal("/", NAME, "Big", "s", ["x" * 100_000]))
    private_bus.kill()
    await link.wait_closed()
    with pytest.raises(BusLost):
        link.send(signal("/", NAME, "Small"))


async def test_closing_sends_what_was_queued(links, private_bus):
    signals = asyncio.Queue()
    links[0].subscribe(MatchRule(interface=NAME), signals.put_nowait)
    await roundtrip(links[0])
    other = await Link.open(private_bus.address)
    for number in range(300):
        other.send(signal("/", NAME, "Count", "us", [number, "x" * 10_000]))
    await other.close()
    assert [(await signals.get()).args[0] for _ in range(300)] == list(range(300))


async def test_a_closed_link_is_closed(private_bus):
    link = await Link.open(private_bus.address)
    await link.close()
    await link.wait_closed()
    with pytest.raises(BusLost):
        await roundtrip(link)
    await link.close()


async def test_signals_reach_those_who_asked_for_them(links):
    seen = []
    everything = asyncio.Queue()
    rules = [
        MatchRule(sender=links[1].unique_name, path="/a", interface=NAME, member="Ding"),
        MatchRule(path_namespace="/a", interface=NAME),
        MatchRule(interface=NAME, arg0="special"),
        MatchRule(sender=links[0].unique_name, interface=NAME),
    ]
    for number, rule in enumerate(rules):
        links[0].subscribe(rule, lambda signal, n=number: seen.append((n, signal.path)))
    links[0].subscribe(MatchRule(interface=NAME), everything.put_nowait)
    await roundtrip(links[0])
    for path, argument in [("/a", "x"), ("/a/b", "x"), ("/ab", "special")]:
        links[1].send(signal(path, NAME, "Ding", "s", [argument]))
    last = [await everything.get() for _ in range(3)][-1]
    assert (last.sender, last.member, last.args) == (links[1].unique_name, "Ding", ("special",))
    assert seen == [(0, "/a"), (1, "/a"), (1, "/a/b"), (2, "/ab")]


async def test_between_long_signals_others_have_their_turn(links):
    events = []
    last = asyncio.Event()

    def heard(signal):
        events.append("signal")
        asyncio.get_running_loop().call_soon(events.append, "turn")
        if events.count("signal") == 50:
            last.set()

    links[0].subscribe(MatchRule(interface=NAME), heard)
    await roundtrip(links[0])
    for _ in range(50):
        links[1].send(signal("/", NAME, "Ding", "s", ["x" * 50_000]))
    await last.wait()
    assert events[:99] == ["signal", "turn"] * 49 + ["signal"]


class Typist:
    """Types a key; what it does is done in a task of the task that takes it."""

    def __init__(self, done):
        self._done = done
        self._tasks = Tasks()
        self._typed, self._terminal = os.pipe()
        asyncio.get_running_loop().add_reader(self._typed, self._read)

    def type(self):
        os.write(self._terminal, b"x")

    def leave(self):
        asyncio.get_running_loop().remove_reader(self._typed)
        os.close(self._typed)
        os.close(self._terminal)

    def _read(self):
        os.read(self._typed, 1)
        self._tasks.start(self._take(), name="take")

    async def _take(self):
        await self._tasks.start(self._act(), name="act")

    async def _act(self):
        self._done()


@pytest.mark.parametrize(("size", "most"), [(50_000, 1), (2_000, 10)])
async def test_what_is_typed_while_signals_come_is_done_before_more_of_them_are_heard(
    links, size, most
):
    events, last = [], asyncio.Event()
    typist = Typist(lambda: events.append("done"))

    def heard(signal):
        events.append("signal")
        if events.count("signal") == 1:
            typist.type()
        if events.count("signal") == 40:
            last.set()

    links[0].subscribe(MatchRule(interface=NAME), heard)
    await roundtrip(links[0])
    for _ in range(40):
        links[1].send(signal("/", NAME, "Ding", "s", ["x" * size]))
    await last.wait()
    typist.leave()
    assert events.index("done") <= most


async def test_an_ended_subscription_hears_nothing(links):
    heard, others = [], asyncio.Queue()
    rule = MatchRule(interface=NAME)
    undo = links[0].subscribe(rule, heard.append)
    links[0].subscribe(rule, others.put_nowait)
    await roundtrip(links[0])
    undo()
    undo()
    links[1].send(signal("/", NAME, "Ding"))
    await others.get()
    assert heard == []


async def test_a_handler_that_fails_does_not_keep_signals_from_others(links, caplog):
    others = asyncio.Queue()

    def fail(signal):
        raise RuntimeError("broken")

    links[0].subscribe(MatchRule(interface=NAME), fail)
    links[0].subscribe(MatchRule(interface=NAME), others.put_nowait)
    await roundtrip(links[0])
    links[1].send(signal("/", NAME, "Ding"))
    await others.get()
    assert "the handler of org.example.Name.Ding failed" in caplog.text


async def test_a_name_is_watched_as_it_comes_and_goes(links, private_bus):
    owners = asyncio.Queue()
    undo = links[0].watch_name(NAME, owners.put_nowait)
    assert await owners.get() == ""
    await links[1].request_name(NAME)
    assert await owners.get() == links[1].unique_name
    await links[1].call(DRIVER, "/", DRIVER, "ReleaseName", "s", [NAME])
    assert await owners.get() == ""
    undo()
    await links[1].request_name(NAME)
    await roundtrip(links[0])
    assert owners.empty()


async def test_a_name_watched_is_known_when_it_is_there_already(links):
    await links[1].request_name(NAME)
    owners = asyncio.Queue()
    links[0].watch_name(NAME, owners.put_nowait)
    links[0].watch_name(NAME, owners.put_nowait)()
    assert await owners.get() == links[1].unique_name
    await roundtrip(links[0])
    assert owners.empty()


async def test_a_name_has_one_owner(links):
    await links[0].request_name(NAME)
    await links[0].request_name(NAME)
    with pytest.raises(NameTaken, match=NAME):
        await links[1].request_name(NAME)


async def test_a_name_that_may_not_be_owned_is_refused(links):
    with pytest.raises((NotAllowed, InvalidArgument)):
        await links[0].request_name("org.freedesktop.DBus")
