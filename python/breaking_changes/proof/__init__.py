"""Asks an engine about the consumers that are said to break, and writes them down as SQL to run.

The engine is asked to bind, never to run: the consumer's direct parents are stubs with the columns
that are known of them, and its prior side is the control. What the engine says is told beside the
verdict and never changes it.
"""
