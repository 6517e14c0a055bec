"""Toolkits, from the outside."""
