import asyncio
import logging

import pytest

from backendd.api.errors import (
    BackendError,
    InvalidArgument,
    NotSupported,
    Timeout,
    TooLarge,
    UnknownItem,
)
from backendd.api.link import Link, MatchRule
from backendd.api.wire import LIMIT, Variant
from backendd.bus.dispatcher import Bus
from tests.backendd.bus.conftest import LAMP, NAME, PATH
from tests.backendd.bus.lamp import SECRET, Bulb


async def test_options_are_keyword_arguments_with_their_defaults(call):
    assert await call("Dim") == ["to 10, at once"]
    assert await call("Dim", "a{sv}", {"to": 3, "slowly": True}) == ["to 3, slowly"]
    with pytest.raises(InvalidArgument, match="did you mean 'slowly'"):
        await call("Dim", "a{sv}", {"slow": True})
    with pytest.raises(InvalidArgument, match="the option 'to' takes a whole number"):
        await call("Dim", "a{sv}", {"to": "3"})


@pytest.mark.parametrize("signature", list("ynqiuxt"))
async def test_a_number_of_the_options_may_come_in_any_integer_type(call, signature):
    given = {"to": Variant(signature, 3)}
    assert await call("Dim", "a{sv}", given) == ["to 3, at once"]


@pytest.mark.parametrize(("signature", "number"), [("i", -1), ("x", -(2**63)), ("t", 2**64 - 1)])
async def test_a_number_of_the_options_is_refused_where_it_does_not_fit(call, signature, number):
    with pytest.raises(InvalidArgument, match="the option 'to' takes a whole number"):
        await call("Dim", "a{sv}", {"to": Variant(signature, number)})


async def test_what_is_not_changed_is_not_given(call):
    assert await call("Paint", "s", "north") == ["north: {}"]
    given = {"from": 2, "colour": "red"}
    assert await call("Paint", "sa{sv}", "east", given) == ["east: {'from_': 2, 'colour': 'red'}"]


async def test_a_call_comes_as_plain_values_and_its_result_goes_back(call):
    assert await call("Describe", "a{sv}", {"on": True, "names": ["a"], "deep": {"x": 1}}) == [
        {"given": {"on": True, "names": ["a"], "deep": {"x": 1}}, "levels": [1, 2]},
        2,
    ]


async def test_a_final_dictionary_may_be_left_out(call):
    assert await call("Echo", "s", "text") == ["text"]
    assert await call("Echo", "sa{sv}", "text", {"b": 1, "a": 2}) == ["textab"]
    assert await call("Describe") == [{"given": {}, "levels": [1, 2]}, 2]


async def test_arguments_of_other_types_are_refused_with_the_right_ones(call):
    with pytest.raises(InvalidArgument, match=r"Echo takes s text, a\{sv\} extra"):
        await call("Echo", "x", 5)
    with pytest.raises(InvalidArgument, match="Work takes nothing"):
        await call("Work", "s", "now")


@pytest.mark.parametrize(
    ("path", "interface", "member", "says"),
    [
        (PATH, LAMP, "Explode", "no method Explode"),
        (PATH, "org.example.Plug", "Pull", "no interface org.example.Plug"),
        ("/nowhere", LAMP, "Work", "no object /nowhere"),
    ],
)
async def test_what_is_not_there_is_said_to_be_missing(call, client, path, interface, member, says):
    with pytest.raises(NotSupported, match=says):
        await client.call(NAME, path, interface, member)


async def test_a_call_that_names_no_interface_finds_its_method(client, lamp):
    assert await client.call(NAME, PATH, None, "Echo", "s", ["text"]) == ["text"]


async def test_errors_a_caller_can_act_on_keep_name_and_text(call):
    with pytest.raises(UnknownItem, match="there is no such bulb"):
        await call("Fail", "s", "known")


async def test_nothing_internal_goes_to_the_caller(call, caplog):
    with pytest.raises(BackendError) as raised:
        await call("Fail", "s", "unexpected")
    assert raised.type is BackendError
    assert str(raised.value) == "internal error; the log has the details"
    (record,) = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert SECRET in str(record.exc_info[1])


async def test_a_result_of_the_wrong_type_is_an_internal_error(call, caplog):
    with pytest.raises(BackendError, match="internal error"):
        await call("Say", "s", "neither")
    assert "Say failed" in caplog.text


async def test_a_handler_that_is_cancelled_answers(call):
    with pytest.raises(BackendError, match="gave up on this call"):
        await call("Fail", "s", "cancelled")


async def test_calls_still_served_at_the_stop_are_answered(call, bus, switch):
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(_outcome(call("Wait")))
        await switch.started.wait()
        await bus.stop()
    assert "gave up on this call" in str(waiting.result())


async def test_a_call_after_the_stop_is_given_up_at_once(call, bus):
    await bus.stop()
    assert "gave up on this call" in str(await _outcome(call("Work")))


async def test_each_of_many_calls_at_once_knows_its_caller(lamp, private_bus):
    links = [await Link.open(private_bus.address) for _ in range(10)]
    calls = [link.call(NAME, PATH, LAMP, "WhoAmI") for link in links * 5]
    assert await asyncio.gather(*calls) == [[link.unique_name] for link in links * 5]
    for link in links:
        await link.close()


async def test_a_method_that_takes_too_long_ends_in_timeout_and_goes_on(
    service, client, contract, switch
):
    Bus(service, contract=contract, limit=0.01).export(PATH, LAMP, [switch, Bulb()])
    with pytest.raises(Timeout, match="it goes on"):
        await client.call(service.unique_name, PATH, LAMP, "Work")
    switch.released.set()
    await switch.ended.wait()
    assert not switch.was_cancelled


async def test_an_unbounded_method_may_take_longer(service, client, contract, switch):
    Bus(service, contract=contract, limit=0).export(PATH, LAMP, [switch, Bulb()])
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(client.call(service.unique_name, PATH, LAMP, "Wait"))
        await switch.started.wait()
        # An answer to a later call that is bounded by nothing but its limit comes first.
        with pytest.raises(Timeout):
            await client.call(service.unique_name, PATH, LAMP, "Work")
        switch.released.set()
    assert waiting.result() == []


async def test_who_leaves_while_waiting_has_the_wait_ended(lamp, switch, private_bus):
    link = await Link.open(private_bus.address)
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(_outcome(link.call(NAME, PATH, LAMP, "Wait")))
        await switch.started.wait()
        await link.close()
        await switch.ended.wait()
    assert switch.was_cancelled
    assert isinstance(waiting.result(), Exception)


async def test_who_leaves_during_another_call_has_it_done_all_the_same(lamp, switch, private_bus):
    link = await Link.open(private_bus.address)
    async with asyncio.TaskGroup() as group:
        group.create_task(_outcome(link.call(NAME, PATH, LAMP, "Work")))
        await switch.started.wait()
        await link.close()
    gone = await Link.open(private_bus.address)  # a roundtrip later the bus has told of it
    assert await gone.call(NAME, PATH, LAMP, "Echo", "s", ["x"]) == ["x"]
    switch.released.set()
    await switch.ended.wait()
    assert not switch.was_cancelled
    await gone.close()


async def test_a_callback_is_called_once_when_a_caller_leaves(bus, private_bus):
    link = await Link.open(private_bus.address)
    left = asyncio.Event()
    calls = []
    bus.when_caller_leaves(link.unique_name, lambda: calls.append("undone"))()
    bus.when_caller_leaves(link.unique_name, lambda: (calls.append("left"), left.set()))
    await link.close()
    await left.wait()
    assert calls == ["left"]


async def test_a_caller_who_left_long_ago_counts_as_leaving_now(bus, private_bus):
    link = await Link.open(private_bus.address)
    name = link.unique_name
    await link.close()
    left = asyncio.Event()
    bus.when_caller_leaves(name, left.set)
    await left.wait()


async def test_a_taken_away_object_is_no_longer_found(call, bus):
    bus.unexport(PATH)
    with pytest.raises(NotSupported, match="no object"):
        await call("Echo", "s", "text")


@pytest.mark.parametrize(
    ("kind", "text"), [("nul", "a\ufffdb"), ("surrogate", "a\ufffdb"), ("both", "\ufffd\ufffd")]
)
async def test_text_that_d_bus_cannot_carry_is_replaced_in_replies(call, kind, text):
    assert await call("Say", "s", kind) == [text]


async def test_text_that_d_bus_cannot_carry_is_replaced_in_errors(call):
    with pytest.raises(UnknownItem) as raised:
        await call("Fail", "s", "nul")
    assert str(raised.value) == "a\ufffdb\ufffdc"


async def test_text_that_d_bus_cannot_carry_is_replaced_in_signals(client, lamp):
    signals = asyncio.Queue()
    client.subscribe(_rule(), signals.put_nowait)
    await client.call(NAME, PATH, LAMP, "Echo", "s", ["x"])
    lamp.emit("Lit", 1, "a\0b\ud800c")
    assert (await signals.get()).args == (1, "a\ufffdb\ufffdc")


@pytest.mark.parametrize("size", [1 << 20, 30 << 20, LIMIT - 1024])
async def test_a_big_reply_arrives(call, size):
    (text,) = await call("Blob", "u", size)
    assert len(text) == size


@pytest.mark.parametrize("size", [LIMIT, 140 << 20])
async def test_a_reply_too_big_for_the_bus_is_an_error_and_nothing_breaks(call, size):
    with pytest.raises(TooLarge, match="60 MiB is the most"):
        await call("Blob", "u", size)
    assert await call("Echo", "s", "text") == ["text"]


async def test_a_burst_of_twenty_thousand_signals_arrives(client, lamp):
    numbers = []
    done = asyncio.Event()

    def received(signal):
        numbers.append(signal.args[0])
        if len(numbers) == 20_000:
            done.set()

    client.subscribe(_rule(), received)
    await client.call(NAME, PATH, LAMP, "Echo", "s", ["x"])
    for number in range(20_000):
        lamp.emit("Lit", number, "x" * 200)
    await done.wait()
    assert numbers == list(range(20_000))


async def test_a_bus_that_takes_nothing_for_a_while_ends_nothing(
    client, lamp, bus, service, private_bus
):
    signals = asyncio.Queue()
    client.subscribe(_rule(), signals.put_nowait)
    await client.call(NAME, PATH, LAMP, "Echo", "s", ["x"])
    private_bus.pause()
    for number in range(200):
        lamp.emit("Lit", number, "x" * 100_000)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not bus.is_clear()
    private_bus.resume()
    assert [(await signals.get()).args[0] for _ in range(200)] == list(range(200))
    assert service.backlog == 0
    assert bus.is_clear()


async def test_signals_into_a_lost_bus_go_nowhere(lamp, service, private_bus):
    private_bus.kill()
    await service.wait_closed()
    lamp.emit("Lit", 1, "text")
    lamp.properties_changed("Level")
    await asyncio.sleep(0)


async def _outcome(work):
    try:
        return await work
    except Exception as error:
        return error


def _rule():
    return MatchRule(path=PATH, interface=LAMP, member="Lit")
