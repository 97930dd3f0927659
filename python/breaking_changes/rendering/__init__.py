"""Renders Jinja to SQL from a manifest alone: no dbt, no warehouse, no profile.

The macros come from the pull request, so they run in jinja2's sandbox and in a process of its own
that has limits of time, memory and output, and that can be ended.
"""

from breaking_changes.limits import Limits
from breaking_changes.rendering.call import MadeUp
from breaking_changes.rendering.outcome import NotRendered, Rendered
from breaking_changes.rendering.renderer import Renderer

__all__ = ["Limits", "MadeUp", "NotRendered", "Rendered", "Renderer"]
