"""Conversations: the window of messages that are held, what shows of it, what they say."""
