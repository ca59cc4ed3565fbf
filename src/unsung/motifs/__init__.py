"""What comes back in a soundtrack: motifs in every disguise, from notes and theme-chroma."""
