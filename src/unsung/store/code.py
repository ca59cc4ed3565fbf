"""The version of a stage's code: what it says, whatever its comments and layout.

A stage's answers are worth keeping for as long as the code that made them says the same. The
digest covers the syntax tree, without docstrings, of the stage's module and of every module of
the same layer that it imports, directly or not. The nouns (`unsung.model`) are left out: they
say what answers are, not how they are found.
"""

import ast
import hashlib
import importlib.util
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

_ONE_AT_A_TIME = threading.Lock()
"""Python 3.11 fails where two threads make syntax trees at once (CPython's issue 106905)."""


def code_digest(module: str) -> str:
    """The digest of what `module` and its siblings beneath it say."""
    with _ONE_AT_A_TIME:
        said = [f"{name} {_module_digest(name)}\n" for name in sorted(_reached(module))]
    return hashlib.sha256("".join(said).encode()).hexdigest()[:16]


@cache
def _reached(module: str) -> frozenset[str]:
    reached, waiting = set[str](), [module]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(_siblings_imported(name))
    return frozenset(reached)


@cache
def _module_digest(name: str) -> str:
    tree = _without_docstrings(_tree(name))
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest()


def _siblings_imported(name: str) -> Iterator[str]:
    above = name.split(".")[:-1]
    layer = ".".join(above[:2]) + "."
    for node in ast.walk(_tree(name)):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            candidates = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            candidates = [alias.name for alias in node.names]
        else:
            continue
        yield from (one for one in candidates if one.startswith(layer) and _source(one))


@cache
def _tree(name: str) -> ast.Module:
    source = _source(name)
    return ast.parse(source.read_bytes() if source else b"")


def _source(name: str) -> Path | None:
    try:
        found = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    usable = found is not None and found.origin is not None and found.origin.endswith(".py")
    return Path(found.origin) if usable and found and found.origin else None


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:]
    return tree


def module_of(stage: object) -> str:
    """The module a stage is written in."""
    name = stage.__name__ if isinstance(stage, ModuleType) else getattr(stage, "__module__", "")
    return str(name)
