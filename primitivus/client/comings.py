"""What happens in rooms between what is said there, told behind the last message."""

from collections.abc import Sequence

from backendd.api.records import Left, Occupant, Room
from primitivus.model.accounts.account import Account
from primitivus.model.area import Area
from primitivus.model.messages.comings import Comings
from primitivus.model.messages.happening import PUT_OUT
from primitivus.model.messages.message import nick_of
from primitivus.model.rooms.occupants import Occupants
from primitivus.model.rooms.rooms import Rooms
from primitivus.model.rooms.standing import news_of
from primitivus.model.state import State
from primitivus.model.wording.times import now_us

# Behind so many messages of a room it is told.
MOST_COMINGS = 200


class Telling:
    """Has stand behind the last message of a room who came and went since, and what became so.

    Who comes and goes is told as far as the settings want it. Always told are who is put out, what
    we may do, another topic, and another nick of ours or of those whose messages are looked at.
    """

    def __init__(self, state: State, account: Account) -> None:
        self._state = state
        self._account = account

    def room(self, old: Room, new: Room) -> None:
        """Tell what is different in a room."""
        news = news_of(old, new)
        if news:
            comings = self._behind_last(new.room)
            for about, said in news.items():
                comings.became(about, said, now_us())

    def put_out(self, room: str, gone: Sequence[Left]) -> None:
        """Tell who was removed, in a room of which it isn't known who is there."""
        gone = [each for each in gone if each.cause in PUT_OUT]
        if gone:
            comings = self._behind_last(room)
            for each in gone:
                comings.left(each, now_us())

    def occupants(
        self, room: str, held: Occupants, changed: Sequence[Occupant], gone: Sequence[Left]
    ) -> None:
        """Tell who came and who went, in a room of which it is known who is there."""
        wanted = self._state.settings.room_presence
        is_asked = wanted == "talking" or any(each.cause == "nick" for each in gone)
        spoke = self._spoke(room) if is_asked and wanted != "all" else set()
        told = [each for each in gone if self._is_told(room, each, spoke, wanted)]
        came = [
            nick
            for nick in _came(held, changed, gone)
            if wanted == "all" or (wanted == "talking" and nick in spoke)
        ]
        if told or came:
            comings = self._behind_last(room)
            for each in told:
                comings.left(each, now_us())
            for nick in came:
                comings.came(nick, now_us())

    def _is_told(self, room: str, left: Left, spoke: set[str], wanted: str) -> bool:
        if left.cause in PUT_OUT:
            return True
        if left.cause == "nick" and self._account.of(Rooms).us(room) in (left.nick, left.new_nick):
            return False  # told of us as what became so
        if wanted == "all":
            return True
        return left.nick in spoke and (wanted == "talking" or left.cause == "nick")

    def _spoke(self, room: str) -> set[str]:
        """Return the nicks of those whose messages are looked at, also as they are called now."""
        panes = self._state.layout.looking_at(self._account.place(room))
        spoke = {nick_of(message) for pane in panes for message in pane.window}
        last = self._account.conversation(room).last
        comings = self._account.chat_with(room).comings
        if last is not None and last.id in comings:
            spoke |= comings[last.id].renamed()
        return spoke

    def _behind_last(self, room: str) -> Comings:
        """Return what stands behind the last message of a room, or in an empty one."""
        last = self._account.conversation(room).last
        told_of = self._account.chat_with(room).comings
        comings = told_of.setdefault(last.id if last is not None else 0, Comings())
        if len(told_of) > MOST_COMINGS:
            del told_of[min(told_of)]
        self._state.changed(Area.MESSAGES)
        return comings


def _came(held: Occupants, changed: Sequence[Occupant], gone: Sequence[Left]) -> Sequence[str]:
    left, renamed = {each.nick for each in gone}, {each.new_nick for each in gone}
    nicks = (each.nick for each in changed)
    return [
        nick for nick in nicks if nick not in renamed and (nick in left or held.get(nick) is None)
    ]
