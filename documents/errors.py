"""The one exception users catch, and the one warning they filter."""

__all__ = ["TaohuaError", "TaohuaWarning"]


class TaohuaError(ValueError):
    """A mistake that the user can mend; the message says what came, what is allowed, what to do.

    It is a ``ValueError`` so that scikit-learn's tools treat it as one.
    """


class TaohuaWarning(UserWarning):
    """Something the result does not show by itself, such as text in another language."""
