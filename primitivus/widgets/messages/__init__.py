"""Messages and what stands with them."""
