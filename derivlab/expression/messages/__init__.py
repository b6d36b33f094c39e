"""What is said to someone whose text cannot be read, and what is offered instead."""
