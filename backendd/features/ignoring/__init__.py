"""Occupants of rooms of whom the user wants to see nothing, known again by their ids (XEP-0421)."""
