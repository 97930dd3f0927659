"""Runs first in every process of `make coverage`: measures Python and the macros."""

import os

try:
    import coverage
    from covered import macro_lines
except ImportError:
    pass  # An environment of its own, as a test makes for a wheel: not what is measured.
else:
    if "COVERAGE_PROCESS_START" in os.environ:
        coverage.process_startup()
    if macro_lines.NOTED_IN in os.environ:
        macro_lines.install()
