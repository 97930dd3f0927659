"""The walk over both sides: who reads whom, what each node has, and what is written down."""
