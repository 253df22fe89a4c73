"""Entries that are being written, kept for all frontends."""
