"""Who is typing (XEP-0085): never stored, never queued."""
