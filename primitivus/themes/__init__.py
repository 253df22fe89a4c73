"""Colours and symbols as data."""
