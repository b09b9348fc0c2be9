"""Every route has a rule, and every rule is kept: the matrix is made from the routes themselves."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from admin_api.guard import Reads, Writes
from admin_api.session import OPEN
from desk.access import PERMISSIONS, Role
from tests.admin_api.door import Door, sign_in, stranger

Rule = Reads | Writes


def routes(app: FastAPI) -> Iterator[tuple[str, RouteContext]]:
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute):
            for method in sorted(route.methods or ()):
                yield method, route


def rule_of(dependant: Dependant) -> Rule | None:
    for each in dependant.dependencies:
        if isinstance(each.call, Reads | Writes):
            return each.call
        if (found := rule_of(each)) is not None:
            return found
    return None


def test_every_route_has_a_rule(door: Door) -> None:
    bare = {f"{method} {route.path}" for method, route in routes(door.app) if rule_of(route.dependant) is None}
    assert bare == OPEN


def test_what_changes_something_has_a_rule_for_writing(door: Door) -> None:
    for method, route in routes(door.app):
        rule = rule_of(route.dependant)
        if rule is not None:
            assert isinstance(rule, Reads) is (method == "GET"), f"{method} {route.path}"


@pytest.mark.parametrize("role", Role)
def test_every_route_refuses_who_has_no_right(door: Door, role: Role) -> None:
    person, nobody, seen = sign_in(door, role), stranger(door), 0
    for method, route in routes(door.app):
        rule = rule_of(route.dependant)
        if rule is None:
            continue
        path = (route.path or "").replace("{", "").replace("}", "")
        for name in route.param_convertors:
            path = path.replace(name, "1", 1)
        assert nobody.request(method, path, json={}).status_code in {401, 422}, f"{method} {path}"
        if rule.permission is not None and rule.permission not in PERMISSIONS[role]:
            assert person.write(method, path, {}).status_code in {403, 422}, f"{method} {path}"
            seen += 1
    assert seen or role == Role.ADMIN
