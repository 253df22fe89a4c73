"""Texts with markup, taken apart into blocks that stand one below the other."""
