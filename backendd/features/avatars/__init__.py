"""Pictures of people (XEP-0084, XEP-0153, XEP-0398): contacts, and the user."""
