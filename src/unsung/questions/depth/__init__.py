"""Emotional depth: what becomes of motifs, where the music turns, its highs and lows."""
