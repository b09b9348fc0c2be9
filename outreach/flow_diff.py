"""What two cadences have different, change by change, so that it can be said in words. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from outreach.cadence import Cadence, whole
from outreach.step import Step, WhatsAppTemplate


@dataclass(frozen=True, slots=True)
class Change:
    """`code` is a key of locales' changes. `step` is the step's id, `name` how staff call it, both "" for the whole.

    `before` and `after` are JSON; None where there is nothing on that side."""

    code: str
    step: str = ""
    name: str = ""
    field: str = ""
    before: Any = None
    after: Any = None
    about: Mapping[str, str] | None = None  # language and channel of a text


# Said in words of their own; every other field as 'field: before → after'.
OWN_WORDS = ("at", "offset_days", "texts", "texts_if_moved", "templates", "templates_if_moved", "active")


def changes(old: Cadence, new: Cadence) -> list[Change]:
    """The whole first, then the steps in their new order; what went comes last."""
    before, after = ({step.id: step for step in each.steps} for each in (old, new))
    found = list(_of_the_whole(old, new))
    for step in new.steps:
        if step.id in before:
            found += _of_step(before[step.id], step)
        else:
            found.append(Change("step_added", step.id, step.name))
    found += [Change("step_removed", step.id, step.name) for step in old.steps if step.id not in after]
    kept = [[step_id for step_id in each if step_id in before and step_id in after] for each in (before, after)]
    if kept[0] != kept[1]:
        found.append(Change("steps_ordered"))
    return found


def _of_the_whole(old: Cadence, new: Cadence) -> Iterator[Change]:
    before, after = (_flat(whole(each), without=("format", "steps")) for each in (old, new))
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            yield Change("flow_field", field=path, before=before.get(path), after=after.get(path))


def _of_step(old: Step, new: Step) -> Iterator[Change]:
    named = (new.id, new.name or old.name)
    if old.active != new.active:
        yield Change("step_on" if new.active else "step_off", *named)
    for path in ("at", "offset_days"):
        before, after = _shown(old, path), _shown(new, path)
        if before != after:
            yield Change(f"step_{path}", *named, field=path, before=before, after=after)
    for name in ("texts", "texts_if_moved"):
        yield from _of_texts(named, name, getattr(old, name), getattr(new, name))
    for name in ("templates", "templates_if_moved"):
        yield from _of_templates(named, name, getattr(old, name), getattr(new, name))
    before, after = (_flat(each.model_dump(mode="json"), without=OWN_WORDS) for each in (old, new))
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            yield Change("step_field", *named, field=path, before=before.get(path), after=after.get(path))


def _of_texts(
    named: tuple[str, str], name: str, old: Mapping[Any, Mapping[Any, str]], new: Mapping[Any, Mapping[Any, str]]
) -> Iterator[Change]:
    before, after = (
        {(language, channel): text for language, of in each.items() for channel, text in of.items()}
        for each in (old, new)
    )
    for language, channel in sorted(before.keys() | after.keys()):
        was, now = before.get((language, channel)), after.get((language, channel))
        if was != now:
            kind = "added" if was is None else "removed" if now is None else "changed"
            code = f"{'moved_' if name == 'texts_if_moved' else ''}text_{kind}"
            about = {"language": language, "channel": channel}
            yield Change(code, *named, field=f"{name}.{language}.{channel}", before=was, after=now, about=about)


def _of_templates(
    named: tuple[str, str], name: str, old: Mapping[Any, WhatsAppTemplate], new: Mapping[Any, WhatsAppTemplate]
) -> Iterator[Change]:
    before, after = (
        {language: " ".join((each.content_sid, *each.variables)) for language, each in templates.items()}
        for templates in (old, new)
    )
    for language in sorted(before.keys() | after.keys()):
        if before.get(language) != after.get(language):
            was, now = before.get(language), after.get(language)
            yield Change(
                "template", *named, field=f"{name}.{language}", before=was, after=now, about={"language": language}
            )


def _shown(step: Step, path: str) -> Any:
    return f"{step.at:%H:%M}" if path == "at" and step.at else getattr(step, path)


def _flat(content: Mapping[str, Any], *, without: tuple[str, ...]) -> dict[str, Any]:
    """By path: 'audience.max_dpd'. A list is one value."""
    found: dict[str, Any] = {}
    for name, value in content.items():
        if name in without:
            continue
        if isinstance(value, dict):
            found |= {f"{name}.{path}": each for path, each in _flat(value, without=()).items()}
        elif value not in (None, [], ""):
            found[name] = value
    return found
