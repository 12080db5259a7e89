"""Whole requests: what is asked, servers that are started for it, and the load."""
