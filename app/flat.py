"""Findings as flat rows for spreadsheets: a passage each, or a member of a template each."""

from typing import Any

__all__ = ["rows"]


def rows(command: str, whole: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the flat form: one row per passage, for `boilerplate` one per template member."""
    if command == "boilerplate":
        return [
            {
                "template": number,
                "frame": template["frame"],
                "support": template["support"],
                **{key: member[key] for key in ("document", "start", "end")},
                "values": " | ".join(member["values"]),
            }
            for number, template in enumerate(whole["templates"], 1)
            for member in template["members"]
        ]
    found = []
    for report in whole["reports"]:
        if report["error"]:
            found.append(
                {
                    **dict.fromkeys(_PASSAGE_COLUMNS, ""),
                    "source": report["source"],
                    "error": report["error"],
                }
            )
            continue
        found += [_passage_row(report, passage) for passage in report["passages"]]
    return found


_PASSAGE_COLUMNS = (
    "source error title court date heading start end text themes probabilities boilerplate "
    "formula template copied own documents similarity"
).split()


def _passage_row(report: dict[str, Any], passage: dict[str, Any]) -> dict[str, Any]:
    matches = passage["matches"]
    values = (
        report["source"],
        "",
        report["title"],
        report["court"],
        report["date"],
        *(passage[key] for key in ("heading", "start", "end", "text")),
        " ".join(theme["id"] for theme in passage["themes"]),
        " ".join(f"{theme['probability']:.2f}" for theme in passage["themes"]),
        passage["boilerplate"]["label"],
        *(round(share, 4) for share in passage["shares"].values()),
        " | ".join(dict.fromkeys(match["document"] for match in matches)),
        max((match["similarity"] for match in matches), default=""),
    )
    return dict(zip(_PASSAGE_COLUMNS, values, strict=True))
