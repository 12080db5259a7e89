"""The explorer beside other engines: queries, what they look for, and one module for each engine."""
