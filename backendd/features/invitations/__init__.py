"""Invitations to rooms, both ways: direct (XEP-0249) and mediated by the room (XEP-0045 7.8)."""
