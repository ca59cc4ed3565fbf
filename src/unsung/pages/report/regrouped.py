"""What people made of motifs that the machine grouped otherwise, in words."""

from unsung.model.motif import Motif, is_label


def regrouped(motif: Motif) -> str:
    """`Also known as motif B and “The heir”. Parted from motif A.`, by people; or nothing."""
    also = _listed([_spoken(name) for name in motif.other_names])
    is_parted = motif.parted_from not in {"", *motif.names}
    said = [f"Also known as {also}."] if also else []
    return " ".join([*said, *[f"Parted from motif {motif.parted_from} by a person."] * is_parted])


def _spoken(name: str) -> str:
    return f"motif {name}" if is_label(name) else f"“{name}”"


def _listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *before, last = words or [""]
    return f"{', '.join(before)} and {last}" if before else last
