import pytest

from taohua.documents.courts import court_before_colon, find_court, is_court_name


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("本溪市中级人民法院", True),
        ("北京互联网法院", True),
        ("最高人民法院", True),
        ("清河县法院", True),
        ("市中级人民法院召开会议", False),
        ("院长张某代表市中级人民法院", False),
        ("走进清河县人民法院", False),
        ("全市两级法院", False),
        ("清河县人民检察院", False),
    ],
)
def test_names_of_courts_alone_on_a_line(line: str, expected: bool) -> None:
    assert is_court_name(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("清河县法院：让群众少跑腿", "清河县法院"),
        ("审执质效：快审快结", ""),
        ("清河县法院：", ""),
    ],
)
def test_a_court_before_a_colon(line: str, expected: str) -> None:
    assert court_before_colon(line) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("清河县人民法院工作报告",), "清河县人民法院"),
        (("关于表彰的决定", "近年来，清河县人民法院在上级指导下"), "清河县人民法院"),
        (("芜湖法院系统推进改革",), "芜湖法院"),  # a place of the gazetteer
        (("最高人民法院发布规定",), "最高人民法院"),
        (("青藤法院新风貌", "青藤法院立足实际"), "青藤法院"),  # unknown, but twice
        (("社会瞩目法院的时候",), ""),
        (("全国法院执行到位金额增长",), ""),
        (("新时代人民法院的使命", "新时代人民法院要担当"), ""),
        (("北京金融法院审理此案",), "北京金融法院"),
        (("各级人民法院和全市法院",), ""),
        (("平安法院创建有成效", "清河县人民法院开展创建活动"), "清河县人民法院"),  # a slogan
        (("平安法院创建有成效",), ""),
        (("朝阳中级人民法院工作报告", "清河县人民法院汇报"), "朝阳中级人民法院"),
        (("朝阳法院：便民到家", "清河县人民法院派人学习"), "朝阳法院"),
    ],
)
def test_the_court_of_a_text(texts: tuple[str, ...], expected: str) -> None:
    assert find_court(*texts) == expected
