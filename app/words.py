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
    "matches": ("与其他文件相同之处（待核）", "Shared with other files, to be checked"),
    "shared": ("相同文字", "Shared text"),
    "who": ("文件之间", "Among the files"),
    "of_left": ("占甲", "of A"),
    "legend": (
        "主题后的百分数是把握程度，“?”表示把握不足、须人工核对，“—”表示未见主题；小标题列出所辖段落的主题，篇幅大的在前。",
        "A percentage behind a theme is how sure it is; ? asks for a look, — is no theme; headings list the themes "
        "of their passages, longest first.",
    ),
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
    "values": ("所填", "Values"),
    "without_fact": ("无可核事实的段落", "Paragraphs without a fact"),
    "repairs": ("修复", "Repairs"),
    "warning": ("注意", "note"),
    "error": ("未能读取", "not read"),
    "pairs": ("相似段落", "Alike passages"),
    "review": ("待核", "review"),
    "left": ("甲", "A"),
    "right": ("乙", "B"),
    "nothing_shared": ("两份报告没有共同的段落。", "The two reports share nothing."),
    "same_text": (
        "两份文件文字完全相同（待核）。",
        "Both files hold the same text, to be checked.",
    ),
    "no_templates": (
        "未发现三份以上文件共用的模板。",
        "No template is used by three files or more.",
    ),
    "more": ("项未列出，见 -o 输出的文件", "more; -o writes all of them"),
    "broken_gbk": ("断裂的字", "broken GBK"),
    "blanks": ("空白", "blanks"),
    "width": ("全角字符", "width"),
    "pinyin": ("夹注拼音", "pinyin"),
    "traditional": ("繁体", "traditional"),
    "punctuation": ("标点", "punctuation"),
    "doubled": ("重复标点", "doubled marks"),
    "masks": ("遮字", "masks"),
    "wraps": ("句中换行", "line breaks"),
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
