"""Homes and peers, as the session's tests have them."""

from tests.backendd.session.conftest import make_home, make_peer

__all__ = ["make_home", "make_peer"]
