"""Reactions to messages (XEP-0444)."""
