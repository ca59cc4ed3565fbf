"""The article: findings put into sentences, sentences into sections, sections into a text.

`sections/` holds what is said, a module for each section; `manuscript` makes it a text with marks;
`checking` reads any such text, ours or its author's, against the findings; `formats/` sets it.
"""
