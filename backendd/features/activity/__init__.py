"""What we tell who asks about this client: software, time, activity (XEP-0092, 0202, 0012)."""
