"""PostgreSQL's types."""
