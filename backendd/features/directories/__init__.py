"""Directories of people that services keep (XEP-0055)."""
