"""Who may do what. Pure: the API asks it at every route, the console to know which doors to show."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    COLLECTOR = "collector"
    AUDITOR = "auditor"


class Permission(StrEnum):
    READ_PORTFOLIO = "read_portfolio"
    WRITE_PORTFOLIO = "write_portfolio"
    RECORD_PAYMENTS = "record_payments"
    REVERSE_PAYMENTS = "reverse_payments"
    MAKE_AGREEMENTS = "make_agreements"  # promises, plans and holds
    READ_CASES = "read_cases"
    WORK_CASES = "work_cases"
    ASSIGN_CASES = "assign_cases"
    READ_REPORTS = "read_reports"
    IMPORT_FILES = "import_files"
    READ_SETTINGS = "read_settings"
    WRITE_SETTINGS = "write_settings"
    APPROVE_SETTINGS = "approve_settings"  # publish what somebody else has prepared
    READ_STAFF = "read_staff"
    MANAGE_STAFF = "manage_staff"
    READ_AUDIT = "read_audit"
    READ_PHRASES = "read_phrases"  # what borrowers wrote, masked
    LABEL_PHRASES = "label_phrases"


_READS = frozenset(each for each in Permission if each.startswith("read_"))
_COLLECTS = frozenset(
    {
        Permission.READ_PORTFOLIO,
        Permission.READ_CASES,
        Permission.WORK_CASES,
        Permission.RECORD_PAYMENTS,
        Permission.MAKE_AGREEMENTS,
    }
)
_SUPERVISES = _COLLECTS | {
    Permission.ASSIGN_CASES,
    Permission.REVERSE_PAYMENTS,
    Permission.READ_REPORTS,
    Permission.READ_STAFF,
    Permission.READ_SETTINGS,
    Permission.APPROVE_SETTINGS,
}
PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.ADMIN: frozenset(Permission),
        Role.SUPERVISOR: _SUPERVISES,
        Role.COLLECTOR: _COLLECTS,
        Role.AUDITOR: _READS,
    }
)


@dataclass(frozen=True, slots=True)
class Principal:
    """Whoever asks: a member of staff or another program. `branches` None means all of them."""

    actor: str  # 'staff:3' | 'token:2'
    name: str
    permissions: frozenset[Permission]
    branches: frozenset[str] | None = None
    staff_id: int | None = None
    language: str = "es"

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def reaches(self, branch: str) -> bool:
        return self.branches is None or branch in self.branches


def branches_of(named: Collection[str]) -> frozenset[str] | None:
    """No branch named means that nothing is held back."""
    return frozenset(named) or None
