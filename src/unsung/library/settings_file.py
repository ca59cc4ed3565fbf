"""`unsung.toml`: what a person set, beside the music. Unknown keys are refused, never ignored."""

import tomllib
from pathlib import Path
from typing import Any

import attrs

from unsung.model.errors import SettingsError
from unsung.model.settings import Settings

SETTINGS_NAME = "unsung.toml"


def settings_beside(place: Path) -> Settings:
    """The settings in the `unsung.toml` beside the music at `place`; the defaults without one."""
    path = (place if place.is_dir() else place.parent) / SETTINGS_NAME
    return settings_in(path) if path.exists() else Settings()


def settings_in(path: Path) -> Settings:
    """The settings that `path` holds; whatever it leaves out is as by default."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path} could not be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error
    kinds = {field.name: field.default.factory for field in attrs.fields(Settings)}  # type: ignore[union-attr]
    _refuse_unknown(path, "table", tables, kinds)
    return Settings(**{name: _part(path, name, kinds[name], tables[name]) for name in tables})


def _part(path: Path, table: str, kind: Any, values: Any) -> Any:
    if not isinstance(values, dict):
        raise SettingsError(f"{path}: [{table}] must be a table, such as [{table}] on its own line")
    fields = {field.name: field for field in attrs.fields(kind)}
    _refuse_unknown(path, f"key in [{table}]", values, fields)
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise SettingsError(f"{path}: {table}.{name} must be a number, not {value!r}")
    try:
        return kind(**values)
    except ValueError as error:
        raise SettingsError(f"{path}: [{table}] {error.args[0]}") from error


def _refuse_unknown(path: Path, what: str, given: dict[str, Any], allowed: dict[str, Any]) -> None:
    unknown = sorted(set(given) - set(allowed))
    if unknown:
        raise SettingsError(
            f"{path}: unknown {what} {unknown[0]!r}; there are {', '.join(sorted(allowed))}"
        )
