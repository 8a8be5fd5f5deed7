"""Months and weekdays that are names in a text: Friday the robot, Tom Friday, October Ventures."""

import re
from collections.abc import Iterable
from typing import Final

from archive.dates.tables.rows import any_of

_WEEKDAY: Final = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# The months that are also given names or words of trade; the others hardly are.
_MONTH: Final = any_of("April", "May", "June", "August", "October", "March", "January")
_NAMED: Final = f"(?P<name>{_WEEKDAY}|{_MONTH})"
# The most common given names in English-language news, after which a weekday is a surname.
_GIVEN: Final = any_of(
    "Adam", "Alan", "Alex", "Alice", "Amanda", "Amy", "Ana", "Andrea", "Andrew", "Anna", "Anne",
    "Anthony", "April", "Arthur", "Barbara", "Ben", "Benjamin", "Beth", "Betty", "Bill", "Bob",
    "Brian", "Bruce", "Carl", "Carol", "Caroline", "Catherine", "Charles", "Charlie", "Chris",
    "Christina", "Christine", "Christopher", "Claire", "Clara", "Colin", "Craig", "Dan", "Dana",
    "Daniel", "Dave", "David", "Dean", "Deborah", "Dennis", "Diana", "Diane", "Donald", "Donna",
    "Dorothy", "Douglas", "Edward", "Elena", "Elizabeth", "Ella", "Ellen", "Emily", "Emma",
    "Eric", "Erin", "Eva", "Evelyn", "Frances", "Francis", "Frank", "Fred", "Gary", "George",
    "Gerald", "Grace", "Graham", "Grant", "Greg", "Gregory", "Hannah", "Harry", "Heather",
    "Helen", "Henry", "Holly", "Howard", "Hugh", "Ian", "Isabel", "Jack", "Jacob", "James", "Jan",
    "Jane", "Janet", "Jason", "Jeff", "Jeffrey", "Jennifer", "Jenny", "Jeremy", "Jerry",
    "Jessica", "Jim", "Joan", "Joe", "John", "Jon", "Jonathan", "Jordan", "Jose", "Joseph",
    "Joshua", "Joyce", "Juan", "Judith", "Judy", "Julia", "Julian", "Julie", "Justin", "Karen",
    "Kate", "Katherine", "Kathleen", "Keith", "Kelly", "Ken", "Kenneth", "Kevin", "Kim", "Larry",
    "Laura", "Lauren", "Lee", "Leo", "Leon", "Lewis", "Liam", "Linda", "Lisa", "Louis", "Louise",
    "Lucas", "Lucy", "Luis", "Luke", "Lynn", "Margaret", "Maria", "Marie", "Mark", "Martha",
    "Martin", "Mary", "Matt", "Matthew", "Max", "Megan", "Melissa", "Michael", "Michelle", "Mike",
    "Nancy", "Natalie", "Nathan", "Neil", "Nicholas", "Nick", "Nicola", "Nicole", "Nina", "Noah",
    "Oliver", "Olivia", "Oscar", "Pamela", "Patricia", "Patrick", "Paul", "Paula", "Peter",
    "Philip", "Phil", "Rachel", "Ralph", "Ray", "Raymond", "Rebecca", "Richard", "Rick", "Robert",
    "Robin", "Roger", "Ronald", "Rosa", "Rose", "Ruth", "Ryan", "Sally", "Sam", "Samantha",
    "Samuel", "Sandra", "Sara", "Sarah", "Scott", "Sean", "Sharon", "Simon", "Sophie", "Stella",
    "Stephanie", "Stephen", "Steve", "Steven", "Stuart", "Susan", "Teresa", "Theresa", "Thomas",
    "Tim", "Timothy", "Tina", "Todd", "Tom", "Tony", "Tyler", "Victor", "Victoria", "Vincent",
    "Virginia", "Walter", "Wayne", "Wendy", "William", "Zoe", "Mr", "Mrs", "Ms", "Dr",
)  # fmt: skip
_BUSINESS: Final = any_of(
    "AI", "Analytics", "Bank", "Biosciences", "Capital", "Cloud", "Corp", "Foods", "Foundation",
    "Games", "Group", "Health", "Holdings", "Inc", "Intelligence", "Investments", "Labs?", "LLC",
    "Ltd", "Media", "Microsystems", "Motors", "Networks", "Partners", "Pharma", "Pictures",
    "Records", "Robotics", "Security", "Software", "Studios?", "Systems", "Technologies",
    "Therapeutics", "Ventures", "Works",
)  # fmt: skip
_PLACE: Final = any_of("Street", "Road", "Avenue", "Lane", "Boulevard", "Square", "Drive", "Court")
_PERSON: Final = r"(?:,? (?:who|whose)\b|, (?:an?|the|its|his|her|their|chief|head|co-founder)\b)"

# Whoever is called so once is called so in the whole text.
_GIVEN_IN_TEXT: Final = (
    re.compile(
        rf"\b(?:called|named|dubbed|nicknamed|christened|codenamed|code-named) {_NAMED}\b(?! \d)"
    ),
    re.compile(rf"\b(?:unveiled|introduced|launched|presented|meet) {_NAMED}, (?:an?|the|its)\b"),
    re.compile(rf"\b{_GIVEN}\.? (?P<name>{_WEEKDAY})\b"),
    re.compile(rf"\b[A-Z][a-z]+ (?P<name>{_WEEKDAY})(?:,? (?:who|whose)\b)"),
    re.compile(rf"\b(?P<name>{_MONTH}|{_WEEKDAY}) [A-Z][a-z]+{_PERSON}"),
    re.compile(rf"\b(?:[Rr]eport|[Ee]dit|[Ww]rit)ing by \w+ (?P<name>{_WEEKDAY})\b"),
)
GIVEN_NAME_BEFORE: Final = re.compile(rf"\b{_GIVEN}\.? $")
BUSINESS_AFTER: Final = re.compile(rf" (?:[A-Z]\w+ )?{_BUSINESS}\b")
PLACE_AFTER: Final = re.compile(rf" {_PLACE}\b")
# "By Jun Ong", "by April J. Summers".
PERSON_AFTER: Final = re.compile(r" (?:[A-Z]\. )?[A-Z][a-z]+")
# "The Sunday Larks".
TITLED_AFTER: Final = re.compile(r" [A-Z][a-z]+s?\b")
# "Wednesday's Child", between commas or in quotes.
TITLE_AFTER: Final = re.compile(r"['’]s(?: [A-Z]\w+){1,3}(?:[,.”\"’]|$)")
TITLE_BEFORE: Final = re.compile(r"(?:[,“\"‘] ?)$")

_ROLE: Final = any_of(
    "作者", "记者", "联系人", "发言人", "创始人", "主持人", "负责人", "实习生", "编辑", "嘉宾",
    "老板", "经理", "总裁", "主任", "先生", "女士", "董事长", "工程师", "分析师", "研究员", "教授",
    "同事", "网友", "姓名", "名叫", "叫",
)  # fmt: skip
_SURNAMES: Final = (
    "赵钱孙李吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻苏潘葛范彭鲁韦马苗方俞任袁"
    "柳鲍史唐费岑薛雷贺倪汤滕罗毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄米贝戴宋庞熊纪舒屈项"
    "祝董梁杜阮蓝季贾江童郭梅林钟徐邱骆高夏蔡田樊胡霍万卢莫房丁邓石崔龚程陆翁段侯武刘景龙叶白"
    "蒲邢温庄柴阎连习易廖耿匡文欧曾关查游桂"
)
_SAID: Final = any_of(
    "表示", "宣布", "透露", "回应", "否认", "证实", "确认", "指出", "坦言", "承认", "发布", "公布",
    "上午", "下午", "凌晨", "深夜", "接受", "告诉", "强调", "介绍", "[在对向晚早发就称说]",
)  # fmt: skip
SURNAME_BEFORE: Final = re.compile(rf"(?:^|[\s、，：:（(@]|{_ROLE})[{_SURNAMES}]$")
ROLE_BEFORE: Final = re.compile(rf"(?:{_ROLE})[\s：:]*$")
ROLE_LIST_BEFORE: Final = re.compile("(?:联系人|作者|记者|编辑|主持人|嘉宾|姓名)[：:][ ]*$")
GIVEN_AFTER: Final = re.compile(
    rf"(?!{_SAID})[\u3400-\u9fff]{{1,2}}(?:[是不说称，。、；：）\s]|$)"
)
BRAND: Final = re.compile(
    "明日方舟|21世纪(?:经济报道|传媒|不动产)|今日(?:头条|资本|美术馆)|七天(?:酒店|连锁)"
)
COUNT_BEFORE: Final = re.compile(
    "(?:不足|满|超过|不到|至少|最多|提前|提早|最短|最长|开[幕业场盘]前|共|历时|为期)$"
)
COUNT_AFTER: Final = re.compile("以上|以内|之内|内(?![容部存地测华外饰])|无理由|游|行程")
LABEL_BEFORE: Final = re.compile(
    r"\b(?:Room|Suite|Unit|Apt|Floor|Building|Box|Docket|Form|Rule|Section|Page|Track|Gate|Line|"
    r"Flight|Model|Version|Build|Bug|Issue|Ticket|Error|Code|Port|No\.?) #?$",
    re.IGNORECASE,
)
LABELLED_AFTER: Final = re.compile(
    r"产线|生产线|车间|会议室|出口|[线楼厅门舱座库桌展泊摊馆店台机]|、\d+号(?:产线|生产线|车间)"
)
# What may stand before a bare 3号 that is a day; behind any other word it is a name's number.
_DAY_LEADS: Final = (
    "在于至到从自由为是截前后即定和与及或、的了月天日今本这那下上当次周都就又也还才再已约改拖"
)
NUMBERED_NAME_BEFORE: Final = re.compile(rf"(?:[^\W{_DAY_LEADS}一二三四五六七八九十]|[-·])$")
DAY_GOES_ON: Final = re.compile(rf" ?(?:{_SAID}|起|前|后|之前|之后|以[前后]|当天|召开|举行|开幕)")


def names_in(sentences: Iterable[str]) -> frozenset[str]:
    """Return the months and weekdays that name a person or a thing somewhere in a text."""
    return frozenset(
        found["name"]
        for sentence in sentences
        for pattern in _GIVEN_IN_TEXT
        for found in pattern.finditer(sentence)
    )
