"""Motifs in scores, where every note is exact: what resembles what, and what comes back."""
