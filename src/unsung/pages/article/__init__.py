"""The article: what a soundtrack's findings let one say, and its formats."""
