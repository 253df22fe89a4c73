"""What commands need on their way: an answer, another program, time."""
