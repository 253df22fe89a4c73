"""A line of the registry: what starts a feature in a profile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store.ledger import Owner
from backendd.store.view import Contributor


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature by the name that the bus lists, and what makes the part it takes in a profile.

    `contributors` are what it adds to the records of messages; `owns` are the kinds of reference
    that are its business.
    """

    name: str
    start: Callable[[Home], Part]
    contributors: tuple[Contributor, ...] = ()
    owns: Mapping[str, Owner] = field(default_factory=dict)
