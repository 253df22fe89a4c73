"""Copies of what other clients of the account send and receive (XEP-0280)."""
