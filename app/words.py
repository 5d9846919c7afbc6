"""The words of tables in both languages."""

__all__ = ["Words", "words"]

Words = dict[str, str]

_WORDS: dict[str, tuple[str, str]] = {
    "copied": ("雷同", "alike"),
    "template": ("模板", "template"),
    "formula": ("提法", "formula"),
    "own": ("自写", "own"),
    "shares": ("构成", "Made of"),
    "themes": ("主题", "Themes"),
    "no_themes": ("未见主题", "no theme"),
    "passage": ("段落", "Passage"),
    "matches": ("待核的雷同", "Alike, to be checked"),
    "no_matches": (
        "所给文件之间未见待核的雷同段落。",
        "Nothing alike was found among these files.",
    ),
    "other": ("对方", "Other document"),
    "similarity": ("相似", "Cosine"),
    "kind": ("类别", "Kind"),
    "characters": ("字数", "Chars"),
    "direction": ("先后", "Order"),
    "earlier": ("对方在先", "other earlier"),
    "later": ("对方在后", "other later"),
    "unknown": ("未知", "unknown"),
    "own_origin": ("本院", "own"),
    "peer_origin": ("他院", "peer"),
    "templates": ("模板", "Templates"),
    "frame": ("句架", "Frame"),
    "support": ("次数", "Uses"),
    "authors": ("作者", "Authors"),
    "values": ("所填", "Values"),
    "without_fact": ("无可核事实的段落", "Paragraphs without a fact"),
    "repairs": ("修复", "Repairs"),
    "warning": ("注意", "note"),
    "error": ("未能读取", "not read"),
    "pairs": ("相似段落", "Alike passages"),
    "review": ("待核", "review"),
    "parts": ("单位", "Courts"),
    "left": ("甲", "A"),
    "right": ("乙", "B"),
    "nothing_shared": ("两份报告没有共同的段落。", "The two reports share nothing."),
    "no_templates": (
        "未发现三份以上文件共用的模板。",
        "No template is used by three files or more.",
    ),
    "more": ("项未列出，见 -o 输出的文件", "more; -o writes all of them"),
    "{text}": ("…", "…"),
    "{number}": ("〔数字〕", "{number}"),
    "{percent}": ("〔比例〕", "{percent}"),
    "{money}": ("〔金额〕", "{money}"),
    "{date}": ("〔日期〕", "{date}"),
    "{count}": ("〔数量〕", "{count}"),
    "{court}": ("〔法院〕", "{court}"),
    "{place}": ("〔地名〕", "{place}"),
    "{organisation}": ("〔单位〕", "{organisation}"),
    "{person}": ("〔人名〕", "{person}"),
    "{document}": ("〔文件〕", "{document}"),
    "{article}": ("〔法条〕", "{article}"),
    "{slogan}": ("〔引语〕", "{slogan}"),
    "{blank}": ("〔空格〕", "{blank}"),
    "no_passages": ("没有正文段落", "no running text"),
    "precision": ("查准", "Precision"),
    "recall": ("查全", "Recall"),
    "threshold": ("阈值", "Threshold"),
    "positives": ("正例", "Positives"),
}


def words(lang: str) -> Words:
    """Return the words of ``"zh"`` or ``"en"``."""
    return {key: pair[lang == "en"] for key, pair in _WORDS.items()}
