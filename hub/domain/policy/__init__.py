"""A hall's policy: what its document prescribes, value by value, each with the article it comes from.

Places differ, so every value is per hall, versioned, and frozen into a case when it is opened. What a hall's
document is silent on is inherited from `hub/policies/default.toml` and marked so (`silent`).
"""

from hub.domain.policy.clock import CaseClass, ExtensionNeed
from hub.domain.policy.mistakes import Mistake, PolicyWrong
from hub.domain.policy.people import HallRole
from hub.domain.policy.policy import Policy
from hub.domain.policy.ratings import RatingLevel
from hub.domain.policy.reading import examine, parse_policy
from hub.domain.policy.scope import Exclusion, Reason
from hub.domain.policy.values import Cited

__all__ = [
    "CaseClass",
    "Cited",
    "Exclusion",
    "ExtensionNeed",
    "HallRole",
    "Mistake",
    "Policy",
    "PolicyWrong",
    "RatingLevel",
    "Reason",
    "examine",
    "parse_policy",
]
