"""Texts become unit rows of their skeletons or words, by features that may be fitted already."""

from collections.abc import Iterable
from typing import Any

from scipy.sparse import csr_array

from taohua.documents.errors import TaohuaError
from taohua.features.segment import Segmenter
from taohua.features.slots import mask
from taohua.features.tfidf import TfidfFeatures
from taohua.models.unit_rows import unit_rows

__all__ = ["check_texts", "learn_rows", "text_rows"]


def check_texts(texts: Any, name: str = "texts") -> list[str]:
    """Return texts as a list; `name` is that of the parameter.

    Raises
    ------
    TaohuaError
        If `texts` is one string, no list, or holds something else than strings.
    """
    if isinstance(texts, str | bytes):
        raise TaohuaError(f"{name} must be a list of texts, got one string: put it in a list")
    if not isinstance(texts, Iterable):
        raise TaohuaError(f"{name} must be a list of texts, got {type(texts).__name__}")
    checked = list(texts)
    for position, text in enumerate(checked):
        if not isinstance(text, str):
            raise TaohuaError(
                f"{name} must be strings, got {type(text).__name__} at position {position}"
            )
    return checked


def learn_rows(
    texts: list[str], features: TfidfFeatures | None, slots: bool
) -> tuple[TfidfFeatures, csr_array]:
    """Return fitted features and the rows of texts; fitted `features` are used as they are.

    Raises
    ------
    TaohuaError
        If the features cannot see slots that they should.
    """
    features = features or TfidfFeatures(pretokenized=slots)
    if slots and not features.pretokenized:
        raise TaohuaError(
            "features must take lists of tokens for an index with slots=True, got "
            f"{features!r}: pass TfidfFeatures(pretokenized=True)"
        )
    if hasattr(features, "idf_"):
        return features, text_rows(texts, features, slots)
    return features, unit_rows(features.fit_transform(_read(texts, features, slots)))


def text_rows(texts: list[str], features: TfidfFeatures, slots: bool) -> csr_array:
    """Return the rows of texts by fitted features."""
    return unit_rows(features.transform(_read(texts, features, slots)))


def _read(texts: list[str], features: TfidfFeatures, slots: bool) -> Iterable[Any]:
    """Return the texts as the features read them."""
    if not features.pretokenized:
        return texts
    if slots:
        return (mask(text).words for text in texts)
    return map(Segmenter().words, texts)
