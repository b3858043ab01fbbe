"""What the halls' documents print on their papers: title and labels, as the annexes have them."""

from __future__ import annotations

ANNEXES = {
    ("shanting", "acceptance"): "“办不成事”登记窗口受理单 反映人姓名 联系电话 受理人员 受理时间 问题类型"
    " “办不成事”情况记录 “办不成事”窗口处理意见 当场答复情况： 转办部门： 备注",
    ("shanting", "transfer"): "“办不成事”登记窗口转办单 反映人姓名 联系电话 承办单位 承办人 问题类型"
    " “办不成事”情况记录 办理要求 结果反馈 当事人： 结果反馈区政务服务中心时间： 备注",
    ("shanting", "ledger"): "“办不成事”登记窗口登记台账 编号 反映人 联系电话 反映事项 受理时间"
    " 问题类型及办理时限 承办单位 办理结果 实际办结时间 备注",
    ("dahepingxiang", "registration"): "“办不成事”事项登记表 “办不成事”事项名称 涉及单位（窗口）"
    " 反映人联系方式 未成功办理原因",
}
"""The labels of 001's three annexes and of 002's 登记表, as the documents have them."""
OWN = {
    "acceptance": "受理单 反映人 联系电话 受理人员 受理时间 情况记录 处理意见 备注",
    "transfer": "转办单 反映人 联系电话 承办单位 承办人 情况记录 办理要求 办理结果 备注",
    "ledger": "台账 编号 反映人 联系电话 反映事项 受理时间 办理时限 承办单位 办理结果 办结时间 备注",
    "refusal": "否定事项报备登记表 服务对象 联系电话 事项名称 诉求内容 理由 依据 填写人 填写时间"
    " 网点负责人意见 批准时间 告知服务对象 告知的权利 退还材料 备注",
    "one-time-notice": "一次性告知书 服务对象 联系电话 事项名称 法律依据 基本条件 前置手续 前置手续办理部门"
    " 所需材料 需补充的材料 办理程序 承诺时限 告知人 告知时间",
    "cover": "“办不成事”事项案卷 事项名称 反映人 问题类型 受理时间 办结时间 承办单位 受理人员"
    " 归档时间 保管期限 卷内文件 备注",
    "grievance-cover": "投诉案卷 投诉类别 受理时间 办结时间 受理人员 归档时间 保管期限 卷内文件 备注",
}
"""Where a document prints none: the default's, and the hall's own templates."""
NOTICES = {"wuxi": "否定事项告知书", "yueyang": "不予受理告知书"}


def labels(hall: str, name: str) -> str:
    """Title and labels in their order, apart by blanks."""
    return ANNEXES.get((hall, name)) or OWN.get(name) or f"{NOTICES[hall]} 理由 依据"


def printed(hall: str, name: str, found: str) -> str:
    """What a paper has in bold, without blanks; a one-time notice tells what its hall's checklist has (R52)."""
    wanted = [one for one in labels(hall, name).split() if name != "one-time-notice" or one in found]
    return "".join(wanted) * (2 if name == "refusal" else 1)
