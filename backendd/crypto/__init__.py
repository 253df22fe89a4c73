"""Cryptography: the vault of profile secrets, the cipher of files, and TLS."""
