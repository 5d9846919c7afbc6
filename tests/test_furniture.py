import pytest

from taohua.documents.adverts import is_advertisement
from taohua.documents.dates import find_date
from taohua.documents.furniture import furniture_kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("当前位置：首页 > 法院要闻", "chrome"),
        ("【字号 大 中 小】 【打印】 【关闭】", "chrome"),
        ("发布时间：2022-03-04 10:20:30 打印 字号：| |", "chrome"),
        ("2023-05-06 11:12", "chrome"),
        ("2021-05-06 来源：某某日报 点击：35", "chrome"),  # the date comes first
        ("- 3 -", "chrome"),
        ("阅读 1.2万", "chrome"),
        ("本文链接：http://example.com/1.html", "chrome"),
        ("陕ICP备05001234号", "chrome"),
        ("法发〔2023〕5号", "chrome"),
        ("（总第86期）", "chrome"),
        ("8f0a.png", "chrome"),
        ("来源：清河县人民法院", "byline"),
        ("作者：研究室 发布时间：2023-07-11 16:20:08", "byline"),
        ("来源： 发布时间：2023年02月03日", "chrome"),  # no source is named
        ("编辑 | 周洁", "byline"),
        ("供图 清河县法院", "byline"),
        ("抄送：市委办、市人大办", "byline"),
        ("清河日报记者 陈立 通讯员 吴敏", "byline"),
        ("清河新闻网讯（通讯员 何苗）", "byline"),
        ("□ 沈 河", "byline"),
        ("（王晨）", "byline"),
        ("2021年7月5日", "byline"),  # a signature
        ("二〇二一年七月五日", "byline"),
        ("清河法院 2022-12-19 18:30 发表于湖北", "byline"),
        ("（2024年1月16日在清河县人民代表大会会议上）", "byline"),
        ("清河县人民法院院长 马军", "byline"),
        ("▲ 干警整装待发", "caption"),
        ("图为法官在果园调解。", "caption"),
        ("小学生参加晨读。（李青 摄）", "caption"),
        ("活动现场", "caption"),
        ("点击蓝字 关注我们", "advertisement"),
        ("剩余60%内容未显示，需付费阅读", "advertisement"),
    ],
)
def test_furniture_is_told_by_its_line(line: str, kind: str) -> None:
    assert furniture_kind(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "1月21日",  # the first line of a poster
        "01",  # a number over its heading
        "记者：您对年轻同事有什么建议？",
        "统筹推进各项工作，把任务落到实处。",
        "会议时间定在上午九时，地点在三楼会议室。",
        "该院通过微信群开展调解，方便外地当事人参加。",
        "法官向公司客服人员了解会员退费情况后，促成双方和解。",
        "三人利用棋牌室开设赌场，法院依法判处有期徒刑。",
        "坚持以细为要 统筹协调推进",
        "为群众代写诉状",
        "打造“枫桥式人民法庭”",
        "2022年审结案件三百件。",
    ],
)
def test_lines_of_the_text_are_no_furniture(line: str) -> None:
    assert furniture_kind(line) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("真人棋牌 注册送彩金 体育投注", True),
        ("久久精品国产，亚洲无码视频免费" + "，在线观看" * 30, True),
        ("开通VIP会员，免费下载全站文档", True),
        ("棋牌室里的官司", False),
        ("两被告人通过彩票网站组织他人投注，非法获利三十余万元，被判处刑罚。", False),
        ("法" * 500 + "客服QQ：12345", False),  # prose, however it ends
    ],
)
def test_advertisements_need_more_than_a_word_in_a_sentence(line: str, expected: bool) -> None:
    assert is_advertisement(line) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发布时间：2022-9-5 09:02", "2022-09-05"),
        ("2023年12月31日", "2023-12-31"),
        ("2023/1/2", "2023-01-02"),
        ("二〇二三年一月十日", "2023-01-10"),
        ("二○二三年十二月二十一日", "2023-12-21"),
        ("2023年1月", ""),
        ("1月5日", ""),
    ],
)
def test_full_dates_are_found(text: str, expected: str) -> None:
    assert find_date(text) == expected


@pytest.mark.parametrize(
    "text", ["二〇二三年一一月三日", "二〇二三年五月二二日", "二〇二三年十三月一日"]
)
def test_a_date_that_no_calendar_has_is_no_date(text):
    assert find_date(text) == ""
