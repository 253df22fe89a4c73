"""What people do with Primitivus, from end to end: everything is real."""
