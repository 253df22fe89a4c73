"""Profiles: making, unlocking and removing them, and what they show on the bus."""
