"""Whose methods the findings on memorable themes use."""

from unsung.model.finding import Citation

EARWORMS = Citation(
    "Jakubowski et al. 2017",
    "K. Jakubowski, S. Finkel, L. Stewart, D. Müllensiefen: Dissecting an earworm: melodic features"
    " and song popularity predict involuntary musical imagery. Psychology of Aesthetics,"
    " Creativity, and the Arts 11(2), 2017, 122-135",
)
FANTASTIC = Citation(
    "Müllensiefen 2009",
    "D. Müllensiefen: FANTASTIC: Feature ANalysis Technology Accessing STatistics (In a Corpus)."
    " Technical report, Goldsmiths, 2009, sections 2.3-2.6",
)
CATCHY = Citation(
    "Van Balen et al. 2015",
    "J. Van Balen, J. A. Burgoyne, D. Bountouridis, D. Müllensiefen, R. C. Veltkamp: Corpus"
    " analysis tools for computational hook discovery. ISMIR 2015",
)
SURPRISE = Citation(
    "Pearce & Wiggins 2006",
    "M. T. Pearce, G. A. Wiggins: Expectation in melody: the influence of context and learning."
    " Music Perception 23(5), 2006, 377-405",
)
SMITH_WATERMAN = Citation(
    "Smith & Waterman 1981",
    "T. F. Smith, M. S. Waterman: Identification of common molecular subsequences. Journal of"
    " Molecular Biology 147, 1981, 195-197",
)
KARLIN_ALTSCHUL = Citation(
    "Karlin & Altschul 1990",
    "S. Karlin, S. F. Altschul: Methods for assessing the statistical significance of molecular"
    " sequence features by using general scoring schemes. PNAS 87, 1990, 2264-2268",
)
