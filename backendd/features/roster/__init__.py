"""Contacts: the roster, their presence and their requests (RFC 6121 2 to 4)."""
