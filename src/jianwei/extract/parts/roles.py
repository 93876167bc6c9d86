"""The words by which a document names a party's position, and what kind of party a name is."""

from __future__ import annotations

import re

ROLES = [
    "附带民事诉讼原告人",
    "附带民事诉讼被告人",
    "附带民事诉讼原告",
    "附带民事诉讼被告",
    "附带民事公益诉讼起诉人",
    "附带民事诉讼起诉人",
    "原公诉机关",
    "公诉机关",
    "抗诉机关",
    "公益诉讼起诉人",
    "赔偿请求人",
    "赔偿义务机关",
    "复议机关",
    "原审第三人",
    "一审第三人",
    "二审第三人",
    "原审被告人",
    "原审被告",
    "原审原告",
    "原审自诉人",
    "一审被告",
    "一审原告",
    "二审上诉人",
    "二审被上诉人",
    "被申请执行人",
    "申请执行人",
    "被申请复议人",
    "申请复议人",
    "复议申请人",
    "被申请再审人",
    "再审被申请人",
    "申请再审人",
    "再审申请人",
    "被申请强制执行人",
    "申请强制执行人",
    "强制执行申请人",
    "异议申请人",
    "被上诉人",
    "上诉人",
    "被申诉人",
    "申诉人",
    "被申请人",
    "申请人",
    "被执行人",
    "执行异议人",
    "异议人",
    "利害关系人",
    "案外人",
    "被告人",
    "被告",
    "反诉原告",
    "反诉被告",
    "原告人",
    "原告",
    "第三人",
    "自诉人",
    "起诉人",
    "债权人",
    "债务人",
    "罪犯",
    "被害人",
    "买受人",
    "协助义务人",
]
"""Positions, longer before shorter where one begins with the other."""

NOT_PARTIES = frozenset(["被害人", "公诉机关", "原公诉机关", "抗诉机关", "复议机关", "买受人", "协助义务人"])
"""Positions that are printed but are no party of a civil, administrative or enforcement case."""

ROLE = "|".join(sorted(ROLES, key=len, reverse=True))

PLAINTIFFS = frozenset(
    [
        "原告",
        "上诉人",
        "原审原告",
        "一审原告",
        "再审申请人",
        "申请再审人",
        "申请人",
        "申请执行人",
        "起诉人",
        "反诉原告",
        "债权人",
        "复议申请人",
        "申请复议人",
        "申诉人",
        "赔偿请求人",
    ]
)

_ORGAN = re.compile(
    r"(?:人民政府|政府|公安局|分局|派出所|支队|大队|中队|总队|委员会|管理局|监督局|税务局|稽查局|自然资源局|资源局|民政局|司法局|财政局|"
    r"保障局|社会保险.{0,8}(?:局|中心)|公积金管理中心|办事处|管理处|执法局|海关|检察院|法院|监狱|看守所|知识产权局|证监局|"
    r"[规建水林农卫教交文市城环安审发商旅体统应粮药计医质工][^，。公司]{0,10}局|厅|部|国务院|管委会|"
    r"征收(?:管理)?办公室|办公室|审批局|行政.{0,6}局|监察大队)$"
)
_NOT_ORGAN = re.compile(
    r"村民委员会|居民委员会|业主委员会|合作社|俱乐部|营业部|经营部|门市部|项目部|销售部|工程部|服务部|餐饮部|汽修部|批发部|村委会|居委会|业委会|公司|经理部"
)
_COMPANY = re.compile(
    r"(?:公司|银行|信用社|合作社|联社|集团|厂|研究院|学校|大学|学院|中学|小学|幼儿园|医院|基金会|协会|商会|总社|出版社|学会)$"
)
_OTHER = re.compile(
    r"(?:合伙企业（[^）]{2,6}）|合伙企业|分公司|支行|分行|分理处|营业部|办事处|项目部|事务所|村民小组|小组|[组社队]|村民委员会|居民委员会|业主委员会|村委会|居委会|业委会|筹备组|管理人|中心|代表处|分社|经济合作社|工作室|俱乐部|合作联社)$"
)
_SHOP = re.compile(
    r"(?:店|商行|经营部|门市部|门市|超市|餐厅|饭店|酒楼|商店|加工厂|养殖场|维修部|服务部|工作室|坊|馆|铺|摊|茶楼|网吧|批发部|诊所|旅馆|宾馆|商场|便利店|美容院|营销部|销售部|中心|行|吧|场|城|屋|社|部|厂|室|院|站)$"
)


def kind_of(name: str, *, proprietor: bool = False, person: bool = False) -> str:
    """自然人, 法人, 其他组织, 个体工商户 or 行政机关, from a name and how its head is called."""
    if proprietor:
        return "个体工商户"
    if person:
        return "自然人"
    if _ORGAN.search(name) and not _NOT_ORGAN.search(name):
        return "行政机关"
    if _OTHER.search(name) and len(name) > 4:
        return "其他组织"
    if _COMPANY.search(name) and len(name) > 3:
        return "法人"
    if len(name) > 5 and "·" not in name and "•" not in name:
        return "个体工商户" if _SHOP.search(name) else "其他组织"
    return "自然人"
