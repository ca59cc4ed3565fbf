"""The nouns: what things are called and what is always true of them."""
