"""Frontends that say whether somebody looks, and at what; servers are told the first."""
