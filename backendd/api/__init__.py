"""What both programs share: the contract with the outside, and how it is spoken."""
