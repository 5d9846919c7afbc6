"""Ids of texts: any hashable values, those left out counted up."""

from collections.abc import Container, Hashable, Iterable
from itertools import count, islice
from numbers import Number
from typing import Any

import numpy as np

from taohua.documents.errors import TaohuaError

__all__ = ["after", "check_ids", "list_ids"]


def check_ids(
    ids: Iterable[Hashable] | None, n_texts: int, taken: Container[Hashable], next_id: int
) -> list[Hashable]:
    """Return one new id for each text; `ids` of None count up from `next_id`.

    Raises
    ------
    TaohuaError
        If they are more or fewer, are no ids, stand twice or are `taken`.
    """
    if ids is None:
        free = (number for number in count(next_id) if number not in taken)
        return list(islice(free, n_texts))
    names = list_ids(ids)
    if len(names) != n_texts:
        raise TaohuaError(f"ids must be one for each of {n_texts} texts, got {len(names)}")
    seen: set[Hashable] = set()
    for name in names:
        if name in taken or name in seen:
            raise TaohuaError(f"ids must be new to the index, got {name!r} again")
        seen.add(name)
    return names


def list_ids(ids: Any) -> list[Hashable]:
    """Return ids as a list of plain values.

    Raises
    ------
    TaohuaError
        If they are no list, or one is not hashable.
    """
    if isinstance(ids, str | bytes) or not isinstance(ids, Iterable):
        raise TaohuaError(f"ids must be a list of ids, got {ids!r}: put it in a list")
    return [_plain(name) for name in ids]


def _plain(name: Any) -> Hashable:
    plain: Hashable = name.item() if isinstance(name, np.generic) else name
    try:
        hash(plain)
    except TypeError:
        raise TaohuaError(
            f"ids must be hashable, such as strings or integers, got {name!r}"
        ) from None
    return plain


def after(name: Hashable) -> int:
    """Return the integer after an id that equals one, as 1.0 does, else 0."""
    if not isinstance(name, Number) or isinstance(name, complex):
        return 0
    try:
        number = int(name)  # type: ignore[call-overload]
    except (ValueError, OverflowError):  # not a number, or infinite
        return 0
    return number + 1 if number == name else 0
