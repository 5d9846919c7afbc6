"""Themes, similar passages and boilerplate in Chinese court work reports.

Names are imported when they are first used, so that ``import taohua`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taohua.documents.document import from_text, read
    from taohua.documents.errors import TaohuaError, TaohuaWarning
    from taohua.features.segment import Segmenter
    from taohua.features.slots import find_slots, mask, unmask
    from taohua.features.tfidf import TfidfFeatures
    from taohua.models.align import align
    from taohua.models.boilerplate import boilerplate
    from taohua.models.similarity import SimilarityIndex
    from taohua.models.store import load, save
    from taohua.models.templates import TemplateMiner
    from taohua.models.themes import ThemeClassifier
    from taohua.scoring import score

_HOMES = {
    "Segmenter": "taohua.features.segment",
    "SimilarityIndex": "taohua.models.similarity",
    "TaohuaError": "taohua.documents.errors",
    "TaohuaWarning": "taohua.documents.errors",
    "TemplateMiner": "taohua.models.templates",
    "TfidfFeatures": "taohua.features.tfidf",
    "ThemeClassifier": "taohua.models.themes",
    "align": "taohua.models.align",
    "boilerplate": "taohua.models.boilerplate",
    "find_slots": "taohua.features.slots",
    "from_text": "taohua.documents.document",
    "load": "taohua.models.store",
    "mask": "taohua.features.slots",
    "read": "taohua.documents.document",
    "save": "taohua.models.store",
    "score": "taohua.scoring",
    "unmask": "taohua.features.slots",
}

__all__ = [
    "Segmenter",
    "SimilarityIndex",
    "TaohuaError",
    "TaohuaWarning",
    "TemplateMiner",
    "TfidfFeatures",
    "ThemeClassifier",
    "align",
    "boilerplate",
    "find_slots",
    "from_text",
    "load",
    "mask",
    "read",
    "save",
    "score",
    "unmask",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("taohua")
    if name not in _HOMES:
        raise AttributeError(f"module 'taohua' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
