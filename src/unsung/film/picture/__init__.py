"""How the music goes with the picture."""
