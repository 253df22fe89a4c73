"""A line of the registry: what a feature is made of."""

from collections.abc import Callable, Mapping

from backendd.api.values import Value, field
from backendd.session.backend import Backend, BackendPart
from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store.ledger import Owner
from backendd.store.view import Contributor


class Feature(Value):
    """A feature by the name that the bus lists, and what makes the part it takes in a profile.

    `backend` makes the one it takes in the backend as a whole. `contributors` are what it adds to
    the records of messages; `owns` are the kinds of reference that are its business.
    """

    name: str
    start: Callable[[Home], Part] = lambda home: Part()
    backend: Callable[[Backend], BackendPart] | None = None
    contributors: tuple[Contributor, ...] = ()
    owns: Mapping[str, Owner] = field(default_factory=dict)
