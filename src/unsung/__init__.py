"""Unsung listens to a complete soundtrack and makes the case for it, with evidence to play."""

__version__ = "0.1.0"
