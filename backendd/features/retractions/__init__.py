"""Retractions of messages (XEP-0424), also by moderators of rooms (XEP-0425)."""
