"""What is typed on the form, and a file. Everybody is invented."""

from __future__ import annotations

TYPED = {
    "case_ref": "虞见山诈骗案", "category": "视听资料、电子数据", "doc_no": "越检勘〔2026〕3号", "collected_at": "2026-03-01 09:30", "place": "塔下弄3号",
    "method": "现场提取", "collectors": "闻知秋、郎听雨", "holder": "虞见山", "witness_person": "容怀远", "device": "手机 IMEI 860000000000001", "note": "",
}  # fmt: skip
CONTENT = "转账记录，共三页。".encode() * 50
