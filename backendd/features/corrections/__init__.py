"""Corrections of messages (XEP-0308)."""
