"""The built console under /console: files as they lie, any other address is a page that the console itself finds."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, PlainTextResponse, Response

# A file under assets/ carries the hash of its content in its name.
_FOREVER = "public, max-age=31536000, immutable"
_ASK_FIRST = "no-cache"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        "form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_NOT_BUILT = "The console is not built. Run `make run` with Node.js 20.19 or newer, or `npm run build` in console/.\n"


def console(folder: Path) -> APIRouter:
    """`folder` is what `npm run build` made. Without it every page says so, and all else goes on."""
    router = APIRouter(include_in_schema=False)
    root = folder.resolve()

    @router.get("/console")
    @router.get("/console/{path:path}")
    def page(path: str = "") -> Response:
        if not (root / "index.html").is_file():
            return PlainTextResponse(_NOT_BUILT, 503)
        wanted = (root / path).resolve()
        if path and wanted.is_relative_to(root) and wanted.is_file():
            kept = _FOREVER if path.startswith("assets/") else _ASK_FIRST
            return FileResponse(wanted, headers={**_HEADERS, "Cache-Control": kept})
        if path.startswith("assets/"):
            return PlainTextResponse("", 404, {"Cache-Control": "no-store"})
        return FileResponse(root / "index.html", headers={**_HEADERS, "Cache-Control": _ASK_FIRST})

    return router
