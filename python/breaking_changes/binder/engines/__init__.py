"""What is special to one engine, a folder each."""
