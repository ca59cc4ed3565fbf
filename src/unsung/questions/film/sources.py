"""Whose methods the findings on films rest on."""

from unsung.model.finding import Citation

LOUDNESS = Citation(
    "ITU-R BS.1770-5",
    "ITU-R BS.1770-5: Algorithms to measure audio programme loudness and true-peak level. 2023",
)
PREFERRED = Citation(
    "Torcoli et al. 2019",
    "M. Torcoli, A. Freke-Morin, J. Paulus, C. Simon, B. Shirley: Preferred Levels for Background"
    " Ducking to Produce Esthetically Pleasing Audio for TV with Clear Speech. Journal of the Audio"
    " Engineering Society 67(12), 2019",
)
FITTED = Citation(
    "Holland & Welsch 1977",
    "P. W. Holland, R. E. Welsch: Robust regression using iteratively reweighted least-squares."
    " Communications in Statistics A6, 1977",
)
PASSAGES = Citation(
    "Meléndez-Catalán et al. 2019",
    "B. Meléndez-Catalán, E. Molina, E. Gómez: Open Broadcast Media Audio from TV. Transactions of"
    " the International Society for Music Information Retrieval 2(1), 2019",
)
NETWORK = Citation(
    "Hershey et al. 2017",
    "S. Hershey et al.: CNN Architectures for Large-Scale Audio Classification. IEEE International"
    " Conference on Acoustics, Speech and Signal Processing (ICASSP), 2017",
)
CITES = (LOUDNESS, PREFERRED, FITTED, PASSAGES, NETWORK)
