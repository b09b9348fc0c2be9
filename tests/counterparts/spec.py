"""Twilio's own description of its API, cut down to what the product calls, as one document that Prism can judge by.

Two repairs make the judge agree with Twilio: repeated form fields are written one by one, and the addresses of other
pages are relative.
"""

import json
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent
DOCUMENTS = HOME / "node_modules" / "@twilio" / "cli-core" / "src" / "services" / "twilio-api"
# The part of each document that matters: paths holding this.
PARTS = {
    "twilio_api_v2010": "/Messages",
    "twilio_content_v1": "/v1/Content",
    "twilio_messaging_v1": "/v1/Services",
    "twilio_lookups_v2": "/v2/PhoneNumbers",
    "twilio_verify_v2": "/Verification",
}
PAGES = ("uri", "first_page_uri", "next_page_uri", "previous_page_uri")
FORM = "application/x-www-form-urlencoded"
CREATE = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
ADDRESS = r"^(whatsapp:)?\+[1-9][0-9]{1,14}$|^whatsapp:[A-Z]{2}\.\w+$"
LONGEST_BODY = 1600  # Message resource, Body


def write(file: Path, *, strict: bool) -> Path:
    """`strict` also refuses what Twilio refuses by its prose: odd addresses, no sender, no content, a long text."""
    merged: dict[str, Any] = {
        "openapi": "3.0.1",
        "info": {"title": "Twilio, in part", "version": "1"},
        "security": [{"accountSid_authToken": []}],
        "paths": {},
        "components": {"schemas": {}, "securitySchemes": {}},
    }
    for name, part in PARTS.items():
        document = json.loads((DOCUMENTS / f"{name}.json").read_text(encoding="utf-8"))
        for path, item in document["paths"].items():
            if part in path:
                merged["paths"][path] = {key: value for key, value in item.items() if key != "servers"}
        for section, entries in document["components"].items():
            merged["components"][section].update(entries)
    _repair(merged)
    if strict:
        _tighten(merged)
    _drop_unreachable(merged)
    file.write_text(json.dumps(merged), encoding="utf-8")
    return file


def _repair(node: Any) -> None:
    if isinstance(node, list):
        for each in node:
            _repair(each)
    if not isinstance(node, dict):
        return
    for name in PAGES:
        if isinstance(node.get(name), dict):
            node[name].pop("format", None)
    form = node.get(FORM)
    if isinstance(form, dict):
        lists = [name for name, kind in form["schema"].get("properties", {}).items() if kind.get("type") == "array"]
        form.setdefault("encoding", {}).update({name: {"style": "form", "explode": True} for name in lists})
    for each in node.values():
        _repair(each)


def _tighten(document: dict[str, Any]) -> None:
    schema = document["paths"][CREATE]["post"]["requestBody"]["content"][FORM]["schema"]
    schema["properties"]["To"]["pattern"] = ADDRESS
    schema["properties"]["Body"]["maxLength"] = LONGEST_BODY
    schema["allOf"] = [
        {"anyOf": [{"required": [name]} for name in ("Body", "MediaUrl", "ContentSid")]},
        {"anyOf": [{"required": [name]} for name in ("From", "MessagingServiceSid")]},
    ]


def _drop_unreachable(document: dict[str, Any]) -> None:
    schemas, reached = document["components"]["schemas"], set[str]()
    waiting = [json.dumps(document["paths"])]
    while waiting:
        text = waiting.pop()
        for name in schemas:
            if name not in reached and f'"#/components/schemas/{name}"' in text:
                reached.add(name)
                waiting.append(json.dumps(schemas[name]))
    document["components"]["schemas"] = {name: schema for name, schema in schemas.items() if name in reached}
