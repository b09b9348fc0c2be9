"""A version of a flow as a file, for version control: out, and in again as a draft."""

from typing import Annotated, Any

from fastapi import APIRouter, UploadFile
from fastapi.responses import Response

from admin_api import reach
from admin_api.flow_versions import FlowVersionShown, found, shown
from admin_api.guard import Reading, Writing, reads, writes
from admin_api.once import once
from admin_api.problems import Problem, invalid
from desk.access import Permission
from outreach import flow_files, flow_versions, flows
from outreach.cadence import canonical
from outreach.tables import Flow

router = APIRouter(prefix="/flows/{flow_id}", tags=["settings"])


@router.get(
    "/versions/{number}/file",
    response_class=Response,
    responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
)
def file_of_version(flow_id: int, number: int, call: Annotated[Reading, reads(Permission.READ_SETTINGS)]) -> Response:
    """The same version always gives the same file."""
    version = found(call, flow_id, number)
    text = flow_files.written(flows.cadence_of(version))
    name = f"flow-{flow_id}-{number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="application/json", headers=headers)


@router.post("/files", status_code=201, response_model=FlowVersionShown)
def bring_in_file(flow_id: int, file: UploadFile, call: Annotated[Writing, writes(Permission.WRITE_SETTINGS)]) -> Any:
    """Makes a draft of it."""
    reach.row(call, Flow, flow_id)
    text = _text(file)

    def make() -> FlowVersionShown:
        content = canonical(flow_files.read(text))
        version = flow_versions.bring_in(call.session, flow_id, content, by=call.principal.actor, now=call.now)
        call.audit("flow_imported", f"flow:{flow_id}", version=version.number)
        return shown(version)

    return once(call, f"flow:{flow_id}:file", text, make)


def _text(file: UploadFile) -> str:
    data = file.file.read(flow_files.LARGEST + 1)
    if len(data) > flow_files.LARGEST:
        raise invalid("file", None, "file_over_limit", megabytes=flow_files.LARGEST // 1_000_000)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Problem(400, "body_unreadable") from wrong
