"""Catching up with the account's archive and paging back in it (XEP-0313)."""
