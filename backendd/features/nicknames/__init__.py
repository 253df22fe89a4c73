"""What people call themselves (XEP-0172): contacts, and the user."""
