"""公益诉讼共用的领域与标准。"""

from __future__ import annotations

from jianwei.procedures import choice, long_text, money, number

RULES = "人民检察院公益诉讼办案规则"
INTERPRETATION = "最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释"

FIELDS = (
    "生态环境和资源保护",
    "食品药品安全",
    "国有财产保护",
    "国有土地使用权出让",
    "英雄烈士等权益保护",
    "未成年人保护",
    "军人地位和权益保障",
    "安全生产",
    "个人信息保护",
    "反垄断",
    "反电信网络诈骗",
    "农产品质量安全",
    "妇女权益保障",
    "无障碍环境建设",
    "文物和文化遗产保护",
    "其他",
)

DAMAGE = (
    choice("field", "领域", FIELDS),
    long_text("damage", "受侵害的公共利益"),
    money("damage_fen", "损害金额").optional(),
    number("people_affected", "受影响人数", least=0).optional(),
)
"""按这些事实判断是否属于须向上级报告的重大案件。"""
