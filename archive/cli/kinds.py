"""kinds: the vocabulary, with the fields of each kind."""

import click

from archive.cli.showing import json_option, show_json, show_table
from archive.cli.speaking import command, option, said
from archive.languages import Words
from archive.vocabulary import GROUPS, KINDS, Field, Kind, event_schema, kind_schema
from archive.vocabulary import kind as kind_called

_COLUMNS = (
    Words("种类", "Kind"),
    Words("名称", "Label"),
    Words("组", "Group"),
    Words("说明", "Help"),
)
_FIELDS = (
    Words("字段", "Field"),
    Words("名称", "Label"),
    Words("必填", "Required"),
    Words("取值", "Takes"),
    Words("说明", "Help"),
)


@command("kinds", "事件种类及其字段。", "The kinds of event and their fields.")
@click.argument("name", required=False, metavar="[KIND]")
@option("--schema", is_flag=True, zh="输出 JSON Schema。", en="Print JSON Schema.")
@json_option
def kinds(*, name: str | None, schema: bool, as_json: bool) -> None:
    """Show the whole vocabulary, or one kind."""
    chosen = kind_called(name) if name else None
    if schema:
        show_json(kind_schema(chosen) if chosen else event_schema())
    elif as_json:
        show_json(_document(chosen) if chosen else [_document(one) for one in KINDS.values()])
    elif chosen:
        click.echo(f"{chosen.name}: {said(chosen.label)}. {said(chosen.help)}\n")
        show_table(_FIELDS, [_row(field) for field in chosen.fields])
    else:
        show_table(_COLUMNS, [_line(one) for one in KINDS.values()])


def _line(kind: Kind) -> tuple[str, ...]:
    return (kind.name, said(kind.label), said(GROUPS[kind.group]), said(kind.help))


def _row(field: Field) -> tuple[str, ...]:
    yes = said(Words("是", "yes")) if field.required else ""
    return (field.name, said(field.label), yes, _takes(field), said(field.help))


def _takes(field: Field) -> str:
    types = getattr(field.type, "types", ())
    if types:
        many = said(Words("（可多个）", " (several)")) if field.is_many else ""
        return f"{', '.join(types)}{many}"
    options = getattr(field.type, "options", {})
    if options:
        return ", ".join(options)
    return str(getattr(field.type, "unit", "") or field.type.widget)


def _document(kind: Kind) -> dict[str, object]:
    return {
        "name": kind.name,
        "group": kind.group.value,
        "label": _both(kind.label),
        "help": _both(kind.help),
        "subject": kind.subject,
        "fields": [
            {
                "name": field.name,
                "label": _both(field.label),
                "help": _both(field.help),
                "required": field.required,
                "is_role": field.is_role,
                "is_many": field.is_many,
                "widget": field.type.widget,
                "schema": field.type.schema(),
            }
            for field in kind.fields
        ],
        "asserts": sorted({one.attribute for one in kind.asserts}),
        "title": _both(kind.title),
    }


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
