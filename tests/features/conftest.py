"""Homes and peers, as the session's tests have them."""

from tests.backendd.session.conftest import let_time_pass, make_home, make_peer

__all__ = ["let_time_pass", "make_home", "make_peer"]
