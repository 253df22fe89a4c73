"""The ways that a file takes from client to client, as records name them."""

from backendd.api.words import TransferMethod
from backendd.jingle import names

METHODS: dict[str, TransferMethod] = {names.SOCKS5: "jingle-s5b", names.IN_BAND: "jingle-ibb"}
"""By the namespace of the way."""

AT_ONCE = 100
"""So many wait for an answer, or go on, at the same time: an answer may never come."""
