"""Texts with markup as rows of so many columns, laid out as far as they are looked at."""
