"""Why something came back, as it is told."""

from backendd.api.tuples import NamedTuple


class Refusal(NamedTuple):
    """The name of the error, and a sentence.

    `blames_address`: whatever else is written to the same address would come back as well.
    """

    name: str
    sentence: str
    blames_address: bool = True
