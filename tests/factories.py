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

# Passages with their themes, enough of each to learn from.
TEXTS = [
    "副院长约见老上访户，当场敲定了复查的期限。",
    "来访群众在接待窗口登记后，由庭长逐案答复。",
    "划扣存款三笔，案款隔日就发到了申请人手里。",
    "执行法官凌晨上门，被执行人当场结清欠款。",
    "支部书记带着党员逐段研读党章并交流体会。",
    "党组中心组围绕新思想开展了两次集中研讨。",
    "今年的降雨比往年多，河堤上的柳树长得很高。",
    "图书室新到了一批小说，借阅的人排起了队。",
] * 4
LABELS = [
    ["petitions"],
    ["petitions"],
    ["enforcement"],
    ["enforcement"],
    ["party_building"],
    ["party_building"],
    [],
    [],
] * 4


def make_report(*paragraphs: str, source: str = "report.txt") -> Report:
    """Return a report of these paragraphs."""
    return from_text("\n".join(paragraphs or SENTENCES), source)


def make_located(*texts: str, date: str = "") -> list[Located]:
    """Return passages, each of its own document and author."""
    return [Located(text, i, f"法院{i}", date) for i, text in enumerate(texts)]
