"""What commands are given: the types of their parameters, and which thing is meant."""
