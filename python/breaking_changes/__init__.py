"""Finds the changes of a dbt project that break its consumers."""

__version__ = "0.1.0"
