"""Figures as SVG made in Python: curves, keys, sections and chroma along one time axis.

Conventions. Every figure of a track is as wide as its place on the page and shares one axis: the
instant t stands at t / duration of the width. Words and blocks are placed in percent, so they keep
their shape; curves are drawn on a canvas `PLOT_WIDTH` wide that is stretched to fit, with strokes
that keep their width. Heights are CSS pixels. Colours and patterns are classes, given in the
report's style sheet; nothing is told by colour alone. A figure carries its own text alternative.
"""
