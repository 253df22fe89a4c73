"""One attempt to get into a room: what it is, our presence, what it answers; a new one is made."""

from backendd.api.errors import BackendError, NicknameInUse, NotConnected, RoomFull, Timeout
from backendd.api.values import Value
from backendd.core import clock, disco, forms, jid, xml
from backendd.core.authors import Held, Occupancy
from backendd.core.disco import Info
from backendd.core.pictures import is_hash
from backendd.core.rooms import Facts
from backendd.features.rooms import reasons, stanza, store
from backendd.features.rooms.answers import Answers
from backendd.features.rooms.model import Seen, TakesNobody
from backendd.session.home import Home
from backendd.store import nicks, occupancies, room_passwords, rooms
from backendd.store.rooms import Wish
from backendd.xmpp.faults import StanzaUnreachable

_ASK_S = 6.0
_ENTER_S = 60.0  # thousands may have to be named first
_OWNER = "http://jabber.org/protocol/muc#owner"
_CONFIGURATION = "http://jabber.org/protocol/muc#roomconfig"
_SELF_PING = "http://jabber.org/protocol/muc#self-ping-optimization"
_ABOUT = "http://jabber.org/protocol/muc#roominfo"
_AVATAR = "muc#roominfo_avatarhash"
_MOST_NICKS = 4
_NO_HISTORY = {"maxstanzas": "0"}
_MOST_HISTORY = "100"
_MARGIN_US = 600_000_000  # clocks differ, and what is here already is known again


class Entered(Value):
    """We are in a room, which says of itself what it is."""

    us: Seen
    facts: Facts


class Entering:
    """Enters one room; what it answers is given to `answers`.

    `is_public` is what it is to be if there is none yet, `ban` how we were banned, if we were.
    """

    def __init__(self, home: Home, room: str, answers: Answers) -> None:
        self.is_public = False
        self.ban = ""
        self.facts = Facts()
        self._home = home
        self._room = room
        self._answers = answers
        self._last_id = ""
        self._held: tuple[Held, ...] = ()
        self._was_open = False
        self._is_new = False  # we were never there

    async def run(self, wish: Wish, *, is_back: bool) -> Entered:
        """Return once we are in; raises why not.

        `is_back`: the stream has us there already, and only who is there isn't known.
        """
        self.facts = facts = await self.ask()
        await self._expect(is_back=is_back)
        us = await self._present(facts, wish, is_back=is_back)
        if us.has_made:
            await self._make()
            self.facts = facts = await self.ask()
            own_id = us.occupant.occupant_id if us.occupant is not None else ""
            self._believe(facts, us.nick, own_id)
        now = clock.now_us()
        await self._home.store.write(lambda ledger: rooms.describe(ledger, self._room, facts, now))
        return Entered(us, facts)

    async def ask(self) -> Facts:
        """Return what the room says of itself now, nothing where it says nothing."""
        try:
            info = await self._home.disco.info(self._room, anew=True, timeout=_ASK_S)
        except NotConnected:
            raise
        except StanzaUnreachable as error:
            raise reasons.refusal(error, self._room) from error
        except BackendError:
            return Facts()
        return read(info)

    async def _expect(self, *, is_back: bool) -> None:
        """Have stored what holds from now on of who is there."""
        room, stored = self._room, self._home.store
        self._last_id = await stored.read(lambda view: occupancies.last_occupant_id(view, room))
        self._held = await stored.read(lambda view: nicks.held(view, room))
        self._was_open = await stored.read(lambda view: occupancies.was_open(view, room))
        last = await stored.read(lambda view: occupancies.last_time(view, room))
        self._is_new = not self._held and not last
        if not is_back:
            await stored.write(lambda ledger: store.end(ledger, room))

    def _believe(self, facts: Facts, nick: str, occupant_id: str) -> None:
        """Have what the room says from now on be taken for what it is."""
        home = self._home
        before = home.rooms.joined.get(self._room)
        us = Occupancy(
            nick,
            occupant_id if facts.gives_ids else "",
            facts.gives_ids,
            facts.gives_hats,
            before.held if before is not None else self._held,
            is_new=self._is_new,
        )
        home.rooms = home.rooms.entered(self._room, us, has_ids=facts.has_ids)

    def believe_still(self, facts: Facts) -> None:
        """Take the room, in which we are, for what it says that it is now."""
        us = self._home.rooms.joined.get(self._room)
        if us is not None:
            self.facts = facts
            self._believe(facts, us.nick, us.occupant_id)

    async def _present(self, facts: Facts, wish: Wish, *, is_back: bool) -> Seen:
        """Return as what we are in; the next nick is asked for where one is taken."""
        history = _NO_HISTORY if facts.has_archive or is_back else await self._history()
        room, stored = self._room, self._home.store
        password = await stored.read(lambda view: room_passwords.find(view, room))
        for number in range(_MOST_NICKS):
            nick = wish.nick + "_" * number
            self._believe(facts, nick, self._last_id)
            address = f"{self._room}/{nick}"
            asking = stanza.encode_request(password, history)
            presence = self._home.presence(address, [asking])
            try:
                return await self._answers.ask(self._home, address, presence, _ENTER_S)
            except TakesNobody as error:
                if not facts.is_room:
                    raise
                raise RoomFull(f"{jid.shown(self._room)} is full; try again later") from error
            except NicknameInUse:
                if number == _MOST_NICKS - 1:
                    raise
        raise AssertionError("unreachable")

    async def _history(self) -> dict[str, str]:
        """Return what is to be told of what was said before: from the last that is here on."""
        last = await self._home.store.read(lambda view: occupancies.last_time(view, self._room))
        if not last:
            return {"maxstanzas": _MOST_HISTORY}
        stamp = xml.format_time(last - _MARGIN_US).partition(".")[0]
        return {"since": f"{stamp}Z"}

    async def _make(self) -> None:
        """Give a room that is new the form it is to have, or what its service has for one."""
        query = xml.element(_OWNER, "query")
        try:
            answer = await self._home.stream.request("get", self._room, query)
            found = xml.child(answer, _OWNER, "query")
            form = forms.find(found) if found is not None else None
            known = {each.var for each in form.fields} if form is not None else set()
            wanted = {var: values for var, values in self._configuration().items() if var in known}
        except (NotConnected, Timeout):
            raise
        except BackendError:
            wanted = {}
        submit = forms.encode_answers(wanted, form_type=_CONFIGURATION)
        made = xml.element(_OWNER, "query", children=[submit])
        await self._home.stream.request("set", self._room, made)

    def _configuration(self) -> dict[str, tuple[str, ...]]:
        # One that was gone and is made anew keeps nobody out who was in it.
        is_public = self.is_public or self._was_open
        is_private = not is_public
        return {
            "muc#roomconfig_membersonly": tuple(forms.written(is_private)),
            "muc#roomconfig_publicroom": tuple(forms.written(is_public)),
            "muc#roomconfig_whois": ("anyone" if is_private else "moderators",),
            "muc#roomconfig_persistentroom": ("1",),
        }


def read(info: Info) -> Facts:
    """Return what a room says that it is."""
    features = info.features
    rooms_here = [one for one in info.identities if one.category == "conference"]
    return Facts(
        name=next((one.name for one in rooms_here if one.name), ""),
        is_nonanonymous="muc_nonanonymous" in features,
        is_members_only="muc_membersonly" in features,
        takes_password="muc_passwordprotected" in features,
        is_moderated="muc_moderated" in features,
        avatar=_avatar(info),
        retracts=not features.isdisjoint((xml.MODERATE, xml.OLD_MODERATE)),
        gives_ids=xml.OCCUPANT_IDS in features,
        gives_hats=stanza.HATS in features,
        has_ids=xml.STANZA_IDS in features or xml.MAM in features,
        has_archive=xml.MAM in features,
        answers_pings=_SELF_PING in features,
        is_known=disco.INFO in features or bool(info.identities),
        is_room=bool(rooms_here),
    )


def _avatar(info: Info) -> str | None:
    """Return the hash of the picture of a room, of several the first; None where it tells none."""
    form = info.form(_ABOUT)
    told = (each.values for each in form.fields if each.var == _AVATAR) if form is not None else ()
    return next((text.lower() for values in told for text in values if is_hash(text.lower())), None)
