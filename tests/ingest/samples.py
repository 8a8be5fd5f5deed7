"""Rows that are valid as they stand: one keyword a change."""

import json
from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]


def a_source(name: str = "paper", **changes: object) -> Row:
    mention = {"role": "source", "id": name, "type": "source", "names": {"en": name}}
    row: Row = {
        "id": f"source-{name}",
        "kind": "source_added",
        "occurred": {"edtf": "2026-01-02"},
        "entities": [mention],
        "data": {"title": f"The {name}", "published": "2023-07-28"},
    }
    return row | changes


def an_event(name: str = "acme-founded", **changes: object) -> Row:
    mention = {
        "role": "org",
        "id": "acme",
        "type": "organization",
        "names": {"zh": "顶点", "en": "Acme"},
    }
    row: Row = {
        "id": name,
        "kind": "org_founded",
        "occurred": {"edtf": "2023-02", "stated": "二月", "date_kind": "announced", "place": "CN"},
        "entities": [mention],
        "data": {"form": "company"},
        "title": {"zh": "顶点成立", "en": "Acme is founded"},
        "summary": {"zh": "一家公司。", "en": "A company."},
        "claims": [{"source": "paper", "locator": "¶1", "confidence": "high"}],
        "importance": "major",
        "tags": ["start"],
    }
    return row | changes


def a_deal(name: str = "big-buys-acme", **changes: object) -> Row:
    buyer = {
        "role": "buyer",
        "id": "big",
        "type": "organization",
        "names": {"zh": "大", "en": "Big"},
    }
    row: Row = {
        "id": name,
        "kind": "deal_closed",
        "occurred": {"edtf": "2023-06-29~"},
        "entities": [buyer, {"role": "target", "id": "acme"}],
        "data": {"deal_type": "acquisition", "share": "100", "amount": "20.65亿元"},
        "claims": [{"source": "paper", "confidence": "low", "reason": "hearsay"}],
    }
    return row | changes


def lines(*rows: Mapping[str, object]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
