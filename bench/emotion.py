"""How well listeners' ratings of film music are foretold, for films that were not learnt from.

    python bench/emotion.py RATINGS [--json]

RATINGS is a folder with the ratings and features of Eerola & Vuoskoski 2011 (see
`tools/rebuild_emotion.py`, which fits what is shipped). Ten folds of films, twenty deals; r is the
correlation over all excerpts, its mean over the deals. Beside what is
`shipped` the plain ridge, and the same dealt without
regard to films, which flatters. The published model needs the sound itself, which is not public:
it is not scored here.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parents[1] / "tools"))

from rebuild_emotion import clipped_ridge, correlation, excerpts, plain_ridge


def main() -> None:
    """Prints the table."""
    asks = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asks.add_argument("ratings", type=Path)
    asks.add_argument("--json", action="store_true", help="one line of JSON instead of a table")
    asked = asks.parse_args()
    features, rated, films = excerpts(asked.ratings)
    alone = np.arange(len(films))
    rows = {
        name: {
            "shipped": correlation(features, row, films, clipped_ridge),
            "plain ridge": correlation(features, row, films, plain_ridge),
            "plain ridge, films mixed": correlation(features, row, alone, plain_ridge),
        }
        for name, row in rated.items()
    }
    if asked.json:
        print(json.dumps({"bench": "emotion", "rows": rows}))
        return
    print(f"emotion: r with the ratings of {len(films)} excerpts of {films.max() + 1} films")
    for name, row in rows.items():
        print(f"{name:>10}", *(f"{who}: {value:.3f}" for who, value in row.items()), sep="   ")


if __name__ == "__main__":
    main()
