"""The part of scikit-learn's estimator contract that needs no scikit-learn.

``clone``, ``Pipeline``, ``GridSearchCV`` and ``check_is_fitted`` ask an estimator for its
parameters, its tags and its attributes that end in ``_``; none of them asks for a base class.
Scoring therefore starts without the import of scikit-learn, which takes a second.
"""

from inspect import Parameter, signature
from typing import Any, ClassVar, Literal, Self

from taohua.documents.errors import TaohuaError

__all__ = ["Estimator"]


class Estimator:
    """Give a class parameters, a representation and tags as scikit-learn wants them.

    A subclass names its parameters in ``__init__``, which only stores them under the same names;
    checks belong in ``fit``, and what is learned ends in ``_``.
    """

    _kind: ClassVar[Literal["classifier", "clusterer", "transformer"]] = "transformer"

    @classmethod
    def _defaults(cls) -> dict[str, Any]:
        parameters = list(signature(cls.__init__).parameters.values())[1:]
        named = (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)
        return {p.name: p.default for p in parameters if p.kind in named}

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the parameters by name; with `deep`, also ``name__inner`` of estimators inside."""
        params = {name: getattr(self, name) for name in self._defaults()}
        if deep:
            for name, value in list(params.items()):
                if hasattr(value, "get_params") and not isinstance(value, type):
                    inner = value.get_params(deep=True)
                    params |= {f"{name}__{key}": item for key, item in inner.items()}
        return params

    def set_params(self, **params: Any) -> Self:
        """Set parameters by name, ``name__inner`` for an estimator inside, and return self.

        Raises
        ------
        TaohuaError
            If there is no such parameter.
        """
        allowed = self._defaults()
        nested: dict[str, dict[str, Any]] = {}
        for key, value in params.items():
            name, _, inner = key.partition("__")
            if name not in allowed or (inner and not hasattr(getattr(self, name), "set_params")):
                raise TaohuaError(
                    f"{type(self).__name__} has no parameter {key!r}; it has {', '.join(allowed)}"
                )
            if inner:
                nested.setdefault(name, {})[inner] = value
            else:
                setattr(self, name, value)
        for name, values in nested.items():
            getattr(self, name).set_params(**values)
        return self

    def __repr__(self) -> str:
        defaults, values = self._defaults(), self.get_params(deep=False)
        # repr, since == is ambiguous on arrays and true for 1 and 1.0
        changed = [f"{k}={v!r}" for k, v in values.items() if repr(v) != repr(defaults[k])]
        return f"{type(self).__name__}({', '.join(changed)})"

    def __sklearn_tags__(self) -> Any:
        """Say that rows are texts and checked here: called by scikit-learn 1.6 and later."""
        from sklearn.utils import ClassifierTags, InputTags, Tags, TargetTags, TransformerTags

        return Tags(
            estimator_type=None if self._kind == "transformer" else self._kind,
            target_tags=TargetTags(required=self._kind == "classifier"),
            transformer_tags=TransformerTags() if self._kind == "transformer" else None,
            classifier_tags=ClassifierTags(multi_label=True)
            if self._kind == "classifier"
            else None,
            input_tags=InputTags(one_d_array=True, two_d_array=False, string=True),
            no_validation=True,
        )

    def _check_fitted(self, attribute: str) -> None:
        if not hasattr(self, attribute):
            name = type(self).__name__
            raise TaohuaError(f"this {name} is not fitted: call fit first")
