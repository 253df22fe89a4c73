"""What we tell of this client and its user: software, time, activity (XEP-0092 0202 0012 0319)."""
