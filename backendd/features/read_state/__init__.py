"""How far conversations are read, in step with our other clients (XEP-0490)."""
