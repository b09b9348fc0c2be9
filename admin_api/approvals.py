"""Who may put in force what was prepared: whoever may change settings, or with a second person somebody else."""

from fastapi import Request

from admin_api.guard import Writing, context_of
from admin_api.problems import Problem
from desk.access import Permission


def by_second_person(call: Writing, request: Request) -> bool:
    """Whether it must be somebody else. Who may only approve has nothing to do where that is off."""
    second = context_of(request).second_person
    if not second and not call.principal.may(Permission.WRITE_SETTINGS):
        raise Problem(403, "not_allowed")
    return second
