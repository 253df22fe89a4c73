"""A line of the registry: what starts a feature in a profile."""

from collections.abc import Callable
from dataclasses import dataclass

from backendd.session.home import Home
from backendd.session.part import Part
from backendd.store.view import Contributor


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature by the name that the bus lists, and what makes the part it takes in a profile.

    `contributors` are what it adds to the records of messages.
    """

    name: str
    start: Callable[[Home], Part]
    contributors: tuple[Contributor, ...] = ()
