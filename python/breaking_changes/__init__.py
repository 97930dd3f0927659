"""Finds the changes of a dbt project that break its readers."""

__version__ = "0.1.0"
