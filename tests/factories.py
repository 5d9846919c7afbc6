"""Values for tests, with only what a test is about spelled out."""

from taohua.documents.document import from_text
from taohua.documents.report import Report
from taohua.models.kinds import Located

SENTENCES = (
    "本院干警走进集贸市场，向摊主讲解合同与票据的常识。",
    "速裁团队用半天时间调解了一起邻里排水的纠纷。",
    "新来的书记员跟着老法官学习庭前准备和笔录整理。",
    "审判管理办公室每周公布各庭的收结案与未结案数字。",
    "执行干警凌晨出发，在县城北郊找到了被查封的货车。",
)


def make_report(*paragraphs: str, source: str = "report.txt") -> Report:
    """Return a report of these paragraphs."""
    return from_text("\n".join(paragraphs or SENTENCES), source)


def make_located(*texts: str, date: str = "") -> list[Located]:
    """Return passages, each of its own document and author."""
    return [Located(text, i, f"法院{i}", date) for i, text in enumerate(texts)]
