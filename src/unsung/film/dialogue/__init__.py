"""How speech and music share the sound of the film."""
