"""A text becomes tokens: jieba's words and the court lexicon, the same from either engine.

The engines agree on runs of Chinese characters and differ around everything else (hyphens
between digits, ``%``, ``+``, rare characters, lone surrogates). So everything else is cut by one
rule of ours, and the engine sees a mark in its place:

* letters and digits, with an inner full stop or a comma before three digits, are one token;
* a term of the lexicon that is not pure Chinese, such as 互联网+, is one token;
* every other character is a token of its own.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

from taohua.documents.errors import TaohuaError

__all__ = ["Segmenter", "Token", "is_word"]

Engine = Literal["rjieba", "jieba"]
Term = tuple[str, int | None]
Cut = Callable[[str], list[str]]

ENGINES = ("rjieba", "jieba")
# Enough to be cut out against the product of any parts (which jieba divides by its total of
# 6e7), too little to break up the words around it; half of the dictionary's words have 3 or less.
DEFAULT_FREQUENCY = 200
HAN = "\u4e00-\u9fd5"  # what both engines look up; rarer characters fall under our rule
# Both engines make single tokens of these, so they may stay and keep the text in fewer pieces.
SAFE = "，。、；：？！“”‘’（）《》〈〉【】…—·\n\t \u3000"
MARK = "\x00"  # stands for what the engine must not see; not in SAFE, so it never meets itself
ALNUM = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
AFTER = rf"[{ALNUM}]*(?:(?:[.．]|[,，](?=\d{{3}}(?![{ALNUM}])))[{ALNUM}]+)*"
# One class of characters comes first, which the search of `re` skips to three times as fast as
# it tries alternatives.
SPECIAL = rf"[^{HAN}{SAFE}](?:(?<=[{ALNUM}]){AFTER})?"
SPECIAL_PATTERN = re.compile(f"({SPECIAL})")
HAN_PATTERN = re.compile(f"[{HAN}]+")


class Token(NamedTuple):
    """A token and where it stands: `start` and `end` count characters of the text."""

    text: str
    start: int
    end: int


def is_word(token: str) -> bool:
    """Tell whether a token counts as a word, being neither blank nor punctuation."""
    return len(token) > 1 or token.isalnum()  # blanks and punctuation are single characters


class Segmenter:
    """Cut a text into tokens that concatenate to the text exactly.

    Parameters
    ----------
    engine
        ``"rjieba"`` (Rust, the default) or ``"jieba"`` (Python, the reference, 20 times slower).
        Both cut every text alike, new words by the hidden Markov model included.
    lexicon
        ``"court"`` for the shipped terms, ``None`` for jieba's dictionary alone, the path of a
        word file, or words. A line or word is a term and, after a blank, its frequency.
        Without one, a term of the dictionary keeps its own and any other gets 200. In a file,
        lines that start with ``#`` say nothing.

    Raises
    ------
    TaohuaError
        If the engine is unknown, the file is missing, or a frequency is below 1.

    Notes
    -----
    Segmenters of the same engine and lexicon share one dictionary in a process. A pickle holds
    the terms, not the dictionary, and opens it again when first used.

    Examples
    --------
    >>> Segmenter().words("法院执行到位3.5亿元。")
    ['法院', '执行到位', '3.5', '亿元']
    """

    def __init__(
        self,
        engine: Engine = "rjieba",
        lexicon: Literal["court"] | str | Path | Iterable[str] | None = "court",
    ) -> None:
        if engine not in ENGINES:
            raise TaohuaError(f"engine must be 'rjieba' or 'jieba', got {engine!r}")
        self.engine: Engine = engine
        self.terms: tuple[Term, ...] = tuple(_read_terms(lexicon))
        self._prepare()

    def __call__(self, text: str) -> list[str]:
        """Return all tokens, blanks and punctuation included."""
        if not isinstance(text, str):
            raise TaohuaError(f"text must be a string, got {type(text).__name__}")
        cut = self._cut or self._open()
        has_mixed = any(term in text for term in self._mixed)
        pieces = (self._special_or_mixed if has_mixed else SPECIAL_PATTERN).split(text)
        if len(pieces) == 1:
            return cut(text)
        tokens = cut(MARK.join(pieces[::2]))
        position = -1
        for special in pieces[1::2]:
            position = tokens.index(MARK, position + 1)
            tokens[position] = special
        return tokens

    def tokens(self, text: str) -> list[Token]:
        """Return all tokens with their offsets in `text`."""
        found, start = [], 0
        for token in self(text):
            end = start + len(token)
            found.append(Token(token, start, end))
            start = end
        return found

    def words(self, text: str) -> list[str]:
        """Return the tokens that count as words, without blanks and punctuation."""
        return list(filter(is_word, self(text)))

    @property
    def lexicon_lines(self) -> tuple[str, ...]:
        """The terms as lines; ``Segmenter(engine, lexicon_lines)`` cuts alike."""
        return tuple(term if n is None else f"{term} {n}" for term, n in self.terms)

    @property
    def lexicon_hash(self) -> str:
        """SHA-256 of the terms, for a manifest."""
        return sha256("\n".join(self.lexicon_lines).encode("utf-8", "surrogatepass")).hexdigest()

    def _prepare(self) -> None:
        self._mixed = tuple(term for term, _ in self.terms if _is_mixed(term))
        self._special_or_mixed = _special_or(self._mixed)
        self._cut: Cut | None = None

    def _open(self) -> Cut:
        pure = tuple(term for term in self.terms if HAN_PATTERN.fullmatch(term[0]))
        self._cut = _open_engine(self.engine, pure)
        return self._cut

    def __getstate__(self) -> dict[str, Any]:
        return {"engine": self.engine, "terms": self.terms}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._prepare()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Segmenter):
            return NotImplemented
        return (self.engine, self.terms) == (other.engine, other.terms)

    def __hash__(self) -> int:
        return hash((self.engine, self.terms))

    def __repr__(self) -> str:
        return f"Segmenter(engine={self.engine!r}, {len(self.terms)} terms)"


def _read_terms(lexicon: str | Path | Iterable[str] | None) -> list[Term]:
    if lexicon is None:
        return []
    if lexicon == "court":
        lines: Iterable[str] = (
            files("taohua.data").joinpath("lexicon.txt").read_text("utf-8").splitlines()
        )
    elif isinstance(lexicon, str | Path):
        lines = _read_lines(Path(lexicon))
    else:
        lines = lexicon
    terms = dict(_parse_line(line) for line in lines if line.strip() and line[0] != "#")
    return sorted(terms.items())


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise TaohuaError(
            f"lexicon must be 'court', None, a word file in UTF-8, or words, got {str(path)!r}"
        ) from None


def _parse_line(line: str) -> Term:
    term, *rest = line.split()
    if not rest:
        return term, None
    if len(rest) > 1 or not rest[0].isdecimal() or int(rest[0]) < 1:
        raise TaohuaError(
            f"a line of the lexicon must be a term and, if wanted, a frequency of 1 or more, "
            f"got {line!r}"
        )
    return term, int(rest[0])


def _is_mixed(term: str) -> bool:
    """Tell whether neither the engine nor our rule would make one token of a term."""
    return not (HAN_PATTERN.fullmatch(term) or SPECIAL_PATTERN.fullmatch(term))


def _special_or(mixed: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(mixed, key=len, reverse=True)
    whole = rf"(?!(?<=[{ALNUM}])[{ALNUM}])"  # no term ends inside a run of letters or digits
    terms = [re.escape(term) + whole for term in longest_first]
    return re.compile(f"({'|'.join([*terms, SPECIAL])})")


@lru_cache(maxsize=4)  # a dictionary takes tens of megabytes
def _open_engine(engine: Engine, terms: tuple[Term, ...]) -> Cut:
    return _open_rjieba(terms) if engine == "rjieba" else _open_jieba(terms)


def _open_rjieba(terms: Iterable[Term]) -> Cut:
    from rjieba import Jieba

    jieba = Jieba()  # an own one: the package's default may hold someone else's words
    for term, frequency in _new_terms(terms, jieba.has_word):
        jieba.add_word(term, frequency, None)
    return jieba.cut


def _open_jieba(terms: Iterable[Term]) -> Cut:
    import warnings

    with warnings.catch_warnings():  # its regular expressions and pkg_resources are outdated
        warnings.simplefilter("ignore")
        from jieba import Tokenizer

    jieba: Any = Tokenizer()
    # Not initialize(): that logs to stderr and trusts a cache file in the shared temporary folder.
    jieba.FREQ, jieba.total = jieba.gen_pfdict(jieba.get_dict_file())
    jieba.initialized = True
    for term, frequency in _new_terms(terms, lambda word: bool(jieba.FREQ.get(word))):
        jieba.add_word(term, frequency)
    cut: Cut = jieba.lcut
    return cut


def _new_terms(terms: Iterable[Term], is_known: Callable[[str], bool]) -> Iterator[tuple[str, int]]:
    for term, frequency in terms:
        if frequency is not None:
            yield term, frequency
        elif not is_known(term):
            yield term, DEFAULT_FREQUENCY
