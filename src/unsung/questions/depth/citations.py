"""Whose methods the findings on emotional depth use."""

from unsung.model.finding import Citation

SPEARMAN = Citation(
    "Spearman 1904",
    "C. Spearman: The proof and measurement of association between two things. American Journal of"
    " Psychology 15, 1904, 72-101",
)
PERMUTATION = Citation(
    "Phipson & Smyth 2010",
    "B. Phipson, G. K. Smyth: Permutation p-values should never be zero. Statistical Applications"
    " in Genetics and Molecular Biology 9(1), 2010, article 39, section 2",
)
ALIGNMENT = Citation(
    "Mongeau & Sankoff 1990",
    "M. Mongeau, D. Sankoff: Comparison of musical sequences. Computers and the Humanities 24,"
    " 1990, 161-175",
)
LOUDNESS = Citation(
    "ITU-R BS.1770-5",
    "Recommendation ITU-R BS.1770-5: Algorithms to measure audio programme loudness and true-peak"
    " audio level. 2023",
)
RATINGS = Citation(
    "Eerola & Vuoskoski 2011",
    "T. Eerola, J. K. Vuoskoski: A comparison of the discrete and dimensional models of emotion in"
    " music. Psychology of Music 39(1), 2011, 18-49",
)
