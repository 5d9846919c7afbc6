"""The command line: ``taohua score``, ``boilerplate``, ``compare``, ``train`` and others."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from errno import EPIPE
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO

import click

from taohua.documents.errors import TaohuaError
from taohua.output import FORMATS, Output

__all__ = ["cli", "main"]

Command = Callable[..., Any]
Paths = Sequence[Any]


def output_options(command: Command) -> Command:
    """Add the options of every command that prints findings."""
    options = (
        click.option(
            "--format",
            "form",
            type=click.Choice(FORMATS),
            help="What to print; by default what the ending of -o says, else a table.",
        ),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            help="Write to this file instead of the terminal.",
        ),
        click.option(
            "--lang",
            type=click.Choice(["zh", "en"]),
            default="zh",
            show_default=True,
            help="Language of tables.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


files_argument = click.argument("files", nargs=-1, required=True, metavar="FILE...")
model_option = click.option(
    "--model", metavar="DIR", help="A model of your own; else the shipped one."
)


class Commands(click.Group):
    """Commands whose mistakes of the user are one line on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except TaohuaError as error:
            click.echo(f"taohua: {_printable(str(error))}", err=True)
            ctx.exit(1)
        except OSError as error:  # the terminal or pipe, since files are TaohuaErrors
            if error.errno == EPIPE:
                raise
            click.echo(f"taohua: the output cannot be written: {error.strerror}", err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="taohua")
def cli() -> None:
    """Themes, similar passages and boilerplate in Chinese court work reports.

    FILE is .txt, .md, .html, .docx or .pdf, in any Chinese encoding; "-" is standard input.
    Everything stays on this machine.
    """


@cli.command()
@files_argument
@model_option
@output_options
def score(files: Paths, model: str | None, **output: Any) -> None:
    """Give themes of every section and passage, and what the files share with each other.

    \b
    taohua score report.docx
    taohua score reports/*.txt --format json -o findings.json
    """
    _score(files, model, **output)


@cli.command()
@model_option
@output_options
def demo(model: str | None, **output: Any) -> None:
    """Score the shipped example reports."""
    from importlib.resources import as_file
    from importlib.resources import files as resources

    with as_file(resources("taohua.data")) as folder:
        _score(sorted(folder.glob("example_*.txt")), model, **output)


def _score(files: Paths, model: str | None, form: str | None, output: Any, lang: str) -> None:
    from taohua.scoring import score as score_files

    printed = Output.of(form, output, lang, files)
    with _progress() as progress:
        scored = score_files(files, model=model, progress=progress, stdin=_stdin())
    printed.write("score", scored)
    _stop_on([report.error for report in scored.reports])


@cli.command()
@files_argument
@output_options
def boilerplate(files: Paths, form: str | None, output: Any, lang: str) -> None:
    """Find templates, alike passages and paragraphs without a fact across a set of reports.

    \b
    taohua boilerplate reports/*.txt
    """
    from taohua.survey import survey

    printed = Output.of(form, output, lang, files)
    with _progress() as progress:
        found = survey(files, progress=progress, stdin=_stdin())
    printed.write("boilerplate", found)
    _stop_on([report.error for report in found.reports])


@cli.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@output_options
def compare(a: str, b: str, form: str | None, output: Any, lang: str) -> None:
    """Show two reports side by side: what they share, with changed values marked.

    \b
    taohua compare this_year.docx last_year.docx
    """
    from taohua.scoring import score as score_files

    printed = Output.of(form, output, lang, (a, b))
    scored = score_files([a, b], stdin=_stdin(), themes=False)
    _stop_on([report.error for report in scored.reports])
    printed.write("compare", scored)


@cli.command()
@click.argument("labels", metavar="LABELS")
@click.option("-o", "--output", required=True, metavar="DIR", help="Folder to write the model to.")
@click.option("--single-label", is_flag=True, help="Every passage has exactly one theme.")
@click.option("--folds", default=5, show_default=True, help="Folds for calibration and metrics.")
@click.option("--seed", default=0, show_default=True, help="Seed of folds and mixtures.")
@click.option(
    "--jobs", default=1, show_default=True, help="Themes fitted at once; -1 for all cores."
)
def train(labels: str, output: str, single_label: bool, folds: int, seed: int, jobs: int) -> None:
    """Fit a model on labelled passages: JSON Lines or CSV with text and themes.

    \b
    taohua train labels.jsonl -o my-model
    taohua score report.docx --model my-model
    """
    from taohua.model_tables import metrics_table
    from taohua.train.fit import fit

    training = fit(
        labels,
        output,
        single_label=single_label,
        folds=folds,
        random_state=seed,
        n_jobs=jobs,
    )
    metrics_table(training.metrics)


@cli.command()
@click.argument("model", metavar="MODEL")
@click.argument("labels", metavar="LABELS")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write all figures as JSON.")
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Language of tables.",
)
def evaluate(model: str, labels: str, output: Path | None, lang: str) -> None:
    """Measure MODEL (a folder, or "pretrained") on labelled passages it has not learnt from.

    \b
    taohua evaluate my-model test.jsonl
    taohua evaluate pretrained test.jsonl -o figures.json
    """
    import json

    from taohua.model_tables import evaluation_table
    from taohua.models.atomic import write_atomically
    from taohua.models.store import load
    from taohua.models.themes import ThemeClassifier
    from taohua.train import evaluate as measure

    printed = Output.of("json" if output else None, output, lang, [labels])
    fitted = ThemeClassifier.pretrained() if model == "pretrained" else load(model)
    figures = measure.themes(fitted, labels)
    if printed.path is not None:
        text = json.dumps(figures, ensure_ascii=False, indent=1) + "\n"
        write_atomically(printed.path, text.encode())
    evaluation_table(figures, lang)


@contextmanager
def _progress() -> Iterator[Callable[[Paths], Iterable[Any]] | None]:
    """Show progress bars on stderr, if that is a terminal: files read, passages compared."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        names = iter(("reading", "comparing"))
        yield lambda items: bar.track(items, description=next(names))


def _stdin() -> BinaryIO | None:
    return sys.stdin.buffer if sys.stdin else None  # None where the shell has closed it


def _printable(text: str) -> str:
    """Keep what a terminal would obey out of a message that names a file."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _stop_on(errors: Iterable[str | None]) -> None:
    """Say which files could not be read and leave with exit code 1, if there are any."""
    failed = [error for error in errors if error]
    for error in failed:
        click.echo(f"taohua: {_printable(error)}", err=True)
    if failed:
        click.get_current_context().exit(1)


def main() -> None:
    """Run the command line; 130 is the exit code of a run that was interrupted."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Chinese shows marks
    try:
        code = cli.main(prog_name="taohua", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.Abort:
        click.echo("taohua: interrupted", err=True)
        code = 130
    sys.exit(code)
