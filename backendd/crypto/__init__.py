"""Cryptography: the vault of profile secrets."""
