"""Rooms: entered, kept, left, and who is there (XEP-0045)."""
