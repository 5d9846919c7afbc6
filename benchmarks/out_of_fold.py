"""How right the classifier is on voices it has not read: out-of-fold figures of the shipped set.

Run as ``python benchmarks/out_of_fold.py``. Folds keep the passages of a voice together.
"""

from importlib.resources import as_file, files

from record import record

from taohua.train.fit import fit


def main() -> None:
    with as_file(files("taohua.data").joinpath("passages.jsonl")) as passages:
        metrics = fit(passages, n_jobs=-1).metrics
    record("out_of_fold", f"{metrics['passages']} shipped passages, folds by voice", metrics)


if __name__ == "__main__":
    main()
