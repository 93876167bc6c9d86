"""Which edition of a law a judgment of a given day cites."""

from __future__ import annotations

import datetime as dt

CIVIL_CODE_FROM = dt.date(2021, 1, 1)
PROCEDURE_2021 = dt.date(2022, 1, 1)
PROCEDURE_2023 = dt.date(2024, 1, 1)
PROCEDURE_2012 = dt.date(2013, 1, 1)

CODE = "中华人民共和国民法典"
CONTRACT = "中华人民共和国合同法"
PROCEDURE = "中华人民共和国民事诉讼法"
CRIMINAL = "中华人民共和国刑法"
CRIMINAL_PROCEDURE = "中华人民共和国刑事诉讼法"
LENDING = "最高人民法院关于审理民间借贷案件适用法律若干问题的规定"

Law = tuple[str, str]


def loan(on: dt.date) -> list[Law]:
    if on >= CIVIL_CODE_FROM:
        return [(CODE, "第六百六十七条"), (CODE, "第六百七十五条"), (CODE, "第六百七十六条")]
    return [(CONTRACT, "第一百九十六条"), (CONTRACT, "第二百零六条"), (CONTRACT, "第二百零七条")]


def sale(on: dt.date) -> list[Law]:
    if on >= CIVIL_CODE_FROM:
        return [(CODE, "第五百零九条"), (CODE, "第五百七十九条"), (CODE, "第六百二十六条")]
    return [(CONTRACT, "第六十条"), (CONTRACT, "第一百零九条"), (CONTRACT, "第一百五十九条")]


def contract(on: dt.date) -> list[Law]:
    if on >= CIVIL_CODE_FROM:
        return [(CODE, "第五百零九条"), (CODE, "第五百七十七条")]
    return [(CONTRACT, "第六十条"), (CONTRACT, "第一百零七条")]


def property_fee(on: dt.date) -> list[Law]:
    return [(CODE, "第九百三十七条"), (CODE, "第九百四十四条")] if on >= CIVIL_CODE_FROM else contract(on)


def tort(on: dt.date) -> list[Law]:
    if on >= CIVIL_CODE_FROM:
        return [
            (CODE, "第一千一百七十九条"),
            (CODE, "第一千二百零八条"),
            (CODE, "第一千二百一十三条"),
            ("中华人民共和国道路交通安全法", "第七十六条"),
        ]
    return [
        ("中华人民共和国侵权责任法", "第十六条"),
        ("中华人民共和国侵权责任法", "第四十八条"),
        ("中华人民共和国道路交通安全法", "第七十六条"),
    ]


def divorce(on: dt.date) -> list[Law]:
    return [(CODE, "第一千零七十九条")] if on >= CIVIL_CODE_FROM else [("中华人民共和国婚姻法", "第三十二条")]


def wages(on: dt.date) -> list[Law]:
    return [("中华人民共和国劳动合同法", "第三十条"), ("中华人民共和国劳动法", "第五十条")]


def absence(on: dt.date) -> Law:
    return (
        PROCEDURE,
        "第一百四十七条" if on >= PROCEDURE_2021 else "第一百四十四条" if on >= PROCEDURE_2012 else "第一百三十条",
    )


def withdrawal(on: dt.date) -> Law:
    return (
        PROCEDURE,
        "第一百四十八条第一款"
        if on >= PROCEDURE_2021
        else "第一百四十五条第一款"
        if on >= PROCEDURE_2012
        else "第一百三十一条第一款",
    )


def double_interest(on: dt.date) -> str:
    if on >= PROCEDURE_2023:
        return "第二百六十四条"
    return "第二百六十条" if on >= PROCEDURE_2021 else "第二百五十三条" if on >= PROCEDURE_2012 else "第二百二十九条"


def payment_order(on: dt.date) -> list[Law]:
    if on >= PROCEDURE_2023:
        return [(PROCEDURE, "第二百二十五条"), (PROCEDURE, "第二百二十七条")]
    if on >= PROCEDURE_2021:
        return [(PROCEDURE, "第二百二十一条"), (PROCEDURE, "第二百二十三条")]
    if on >= PROCEDURE_2012:
        return [(PROCEDURE, "第二百一十四条"), (PROCEDURE, "第二百一十六条")]
    return [(PROCEDURE, "第一百九十一条"), (PROCEDURE, "第一百九十三条")]


def termination_of_this_run(on: dt.date) -> list[Law]:
    """终结本次执行程序."""
    article = "第五百一十七条" if on >= dt.date(2022, 4, 10) else "第五百一十九条"
    return [("最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释", article)]


def seizure(on: dt.date) -> list[Law]:
    if on >= PROCEDURE_2023:
        return [(PROCEDURE, "第二百五十三条"), (PROCEDURE, "第二百五十四条")]
    if on >= PROCEDURE_2021:
        return [(PROCEDURE, "第二百四十九条"), (PROCEDURE, "第二百五十条")]
    return [(PROCEDURE, "第二百四十二条"), (PROCEDURE, "第二百四十四条")]


def cite(laws: list[Law]) -> str:
    """《A》第一条、第二条，《B》第三条之规定: articles of one law together, in order."""
    out: list[str] = []
    last = ""
    for law, article in laws:
        if law == last:
            out.append(f"、{article}")
        else:
            out.append(f"{'，' if out else ''}《{law}》{article}")
            last = law
    return "".join(out)
