"""The part that moves files from client to client, with its members on the bus."""

from collections.abc import Mapping

from backendd.api import names as bus_names
from backendd.api import records
from backendd.api.errors import NotConnected
from backendd.core.contacts import ContactsChanged
from backendd.features.jingle import lines, store
from backendd.features.jingle.bus import OffersMembers
from backendd.features.jingle.clients import Clients
from backendd.features.jingle.incoming import Incoming
from backendd.features.jingle.model import METHODS
from backendd.features.jingle.offers import Offers
from backendd.features.jingle.outgoing import Outgoing
from backendd.features.jingle.requests import Requests
from backendd.features.jingle.store import Standing
from backendd.jingle import addresses, names
from backendd.jingle.peers import Peers
from backendd.jingle.ports import Means, Network
from backendd.session.feature import Feature
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.session.places import Places
from backendd.store import contacts, transfers
from backendd.store.ledger import Ledger

_SEEN = ("to", "both")


class JinglePart(Part):
    """Offers files, hears offers, and has both end with the stream they were made in."""

    disco_features = names.FEATURES

    def __init__(self, home: Home) -> None:
        self._home = home
        self._clients = Clients(home)
        places, requests = Places(), Requests(home)
        self._offers = Offers(home, places)
        self._has_begun = False
        network = Network(addresses.own, addresses.allows, self._clients.proxies)
        self._peers = Peers(
            Means(home.stream, network, home.tasks),
            lambda: home.stream.full_jid,
            self._admits,
            self._offers.take,
            requests.take,
        )
        for method in METHODS.values():
            Outgoing(home, method, self._peers, self._clients, requests)
            Incoming(home, method, self._peers, self._clients, self._offers, places)
        self._members = OffersMembers(self._offers)
        home.stream.on_request("set", names.TAG, self._peers.on_jingle)
        for tag in (names.OPEN, names.CLOSE):
            home.stream.on_request("set", tag, self._peers.on_block)
        # Each is numbered: one that comes again is out of order.
        home.stream.on_request("set", names.DATA, self._peers.on_block, may_repeat=True)
        home.stream.on_message(names.DATA, self._peers.on_message)
        home.events.subscribe(ContactsChanged, self._on_contacts)

    def interfaces(self) -> Mapping[str, object]:
        return {bus_names.FILES: self._members}

    def send_again(self, ledger: Ledger, message: records.Message) -> bool:
        if not lines.send_again(ledger, message):
            return False
        ledger.after_commit(self._home.transfers.look)
        return True

    def replaced(self, ledger: Ledger) -> None:
        """Have sessions end with the stream that they were in."""
        self._clients.forget()
        ledger.after_commit(self._peers.lost)

    async def set_up(self, *, resumed: bool) -> None:
        """Offer anew what waited for an answer when the backend ended, and miss what others did.

        A stream that goes on over that end has none of our sessions, which only they can't know.
        """
        if self._has_begun:
            return
        lost = await self._home.store.write(self._begin)
        self._has_begun = True
        if resumed:
            for each in lost:
                self._peers.disown(each.peer, each.sid)

    def _begin(self, ledger: Ledger) -> set[Standing]:
        """Return where offers stood when the backend ended, which stand there no more."""
        store.forget_open(ledger)
        lost = set[Standing]()
        for method in METHODS.values():
            for id in transfers.waiting(ledger, "out", method, ["offered"]):
                lost.add(store.standing(ledger, id))
                transfers.move(ledger, id, "queued")
            for id in transfers.waiting(ledger, "in", method, ["offered"]):
                if not self._offers.stands(id):
                    lost.add(store.standing(ledger, id))
                    store.withdrawn(ledger, id, _ENDED)
        return {each for each in lost if each.sid}

    async def _admits(self, account: str) -> bool:
        """Return whether somebody may offer us something: who sees us, and we ourselves."""
        if account == self._home.own:
            return True
        return await self._home.store.read(lambda view: contacts.sees_us(view, account))

    def _on_contacts(self, event: ContactsChanged) -> None:
        if not self._home.stream.is_online:
            if not self._home.stream.sm_id:
                self._peers.lost()  # it is we who have gone
            return
        for each in event.contacts:
            if each.subscription in _SEEN:
                online = {f"{each.jid}/{client.resource}" for client in each.resources}
                self._peers.stay(each.jid, online)


_ENDED = NotConnected("the backend was started anew since: ask for the file once more")

FEATURE = Feature("jingle", JinglePart)
