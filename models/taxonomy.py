"""The themes that ship: ids, names, definitions, cue terms."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["ThemeInfo", "shipped_themes"]


@dataclass(frozen=True, slots=True)
class ThemeInfo:
    """One theme of ``data/themes.toml``."""

    id: str
    zh: str
    en: str
    definition: str
    cues: tuple[str, ...]


@cache
def shipped_themes() -> dict[str, ThemeInfo]:
    """Return the shipped themes by id, in their order."""
    text = files("taohua.data").joinpath("themes.toml").read_text("utf-8")
    rows = tomllib.loads(text)["themes"]
    return {row["id"]: ThemeInfo(**{**row, "cues": tuple(row["cues"])}) for row in rows}
