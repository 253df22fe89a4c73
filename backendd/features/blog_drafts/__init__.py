"""Entries and comments that are being written, kept for all frontends."""
