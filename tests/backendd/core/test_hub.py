"""Events reach who listens, and a handler that fails costs the others nothing."""

from dataclasses import dataclass

from backendd.core.hub import Hub


@dataclass(frozen=True)
class Rang:
    times: int


@dataclass(frozen=True)
class RangTwice(Rang):
    pass


def test_handlers_are_called_in_order_for_their_own_kind_only():
    hub, heard = Hub(), []
    hub.subscribe(Rang, lambda event: heard.append(("a", event)))
    hub.subscribe(Rang, lambda event: heard.append(("b", event)))
    hub.publish(Rang(1))
    hub.publish(RangTwice(2))
    assert heard == [("a", Rang(1)), ("b", Rang(1))]


def test_a_failing_handler_is_logged_and_the_next_is_called(caplog):
    hub, heard = Hub(), []

    def fails(event):
        raise ValueError(event)

    hub.subscribe(Rang, fails)
    hub.subscribe(Rang, heard.append)
    hub.publish(Rang(1))
    assert heard == [Rang(1)]
    assert "handler of Rang failed" in caplog.text


def test_one_may_leave_while_it_is_called():
    hub, heard = Hub(), []

    def once(event):
        heard.append(event)
        leave()

    leave = hub.subscribe(Rang, once)
    hub.subscribe(Rang, heard.append)
    hub.publish(Rang(1))
    hub.publish(Rang(2))
    assert heard == [Rang(1), Rang(1), Rang(2)]
