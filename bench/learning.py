"""Logistic regression with weights, small enough to read: what the learned constants came from."""

import numpy as np
from scipy.optimize import minimize

_SHRINKAGE = 1e-3


def regression(
    columns: np.ndarray,
    right: np.ndarray,
    weight: np.ndarray,
    *,
    may_be_negative: bool,
    shrinkage: float = _SHRINKAGE,
) -> np.ndarray:
    """One weight a column, then the bias; `shrinkage` pulls the weights of scaled columns to 0."""
    mean, spread = columns.mean(axis=0), columns.std(axis=0) + 1e-9
    level, sign = (columns - mean) / spread, np.where(right, 1.0, -1.0)
    share = weight / weight.sum()

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (level @ b[:-1] + b[-1])
        slope = -sign * share / (1 + np.exp(np.clip(margin, -50, 50)))
        shrunk = shrinkage * np.append(b[:-1], 0)
        value = (share * np.logaddexp(0, -margin)).sum() + (shrunk * b).sum() / 2
        return value, np.append(level.T @ slope, slope.sum()) + shrunk

    least = None if may_be_negative else 0
    bounds = len(mean) * [(least, None)] + [(None, None)]
    best = minimize(loss, np.zeros(len(mean) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return np.append(best[:-1] / spread, best[-1] - (best[:-1] * mean / spread).sum())
