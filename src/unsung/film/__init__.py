"""Where the music sits in the film."""
