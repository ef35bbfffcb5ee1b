"""Four small plans of three places, one of them in two versions, and what tests of many plans share."""

from pathlib import Path

from cancu.graph.dataset import Dataset
from cancu.queries.catalogue import questions
from cancu.queries.parameters import NAMES, resolve

FOLDER = Path(__file__).parent / "data" / "nhieu-ke-hoach"
PROVINCE = FOLDER / "tinh-hoa-lu.txt"
COMMUNE = FOLDER / "xa" / "xa-dong-ngac.txt"
CITY = FOLDER / "thanh-pho-sam-son.txt"
CITY_AGAIN = FOLDER / "thanh-pho-sam-son-thay-the.txt"
"""The same number and issuer as CITY: another time limit, one task more."""

HOA_LU, DONG_NGAC, SAM_SON = (
    "hoa-lu/2024/118-kh-ubnd",
    "dong-ngac/2024/09-kh-ubnd",
    "sam-son/2024/27-qd-ubnd",
)
CHI_LINH = "chi-linh/2023/kstthc-mot-cua"
PLANS = (CHI_LINH, DONG_NGAC, HOA_LU, SAM_SON)
"""What stands for each plan in an address."""


def needed(code: str, dataset: Dataset) -> dict[str, str]:
    """What a question must be told: its example, by address, because a name is not one thing's where there are many plans.

    `dataset` holds the built-in plan alone.
    """
    return {
        p.name: resolve(p.type, p.name, p.default, dataset).bindings[f"{p.name}_asked"].value
        for p in questions()[code].parameters
        if p.required and p.default and p.type in NAMES
    }
