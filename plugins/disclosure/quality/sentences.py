"""A cause in one sentence, in English and in Chinese, as the office that filed the report can act on it.

Each says what is printed and where, what the sums say, and which checks hold after the change. What the numbers alone
cannot decide is said to be so; and where our own reading is in doubt, that comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from disclosure.quality.identities import Identity, Key
from disclosure.quality.labels import column_label, in_print_order, item_label
from disclosure.quality.localise import Explanation
from disclosure.quality.moves import Move
from disclosure.quality.programme import together
from disclosure.quality.puzzle import Puzzle

EXCHANGES = ("swapped", "next_column", "next_row", "carries_exchanged")
NAMED = 3  # failing sums that a sentence names


@dataclass(frozen=True)
class Case:
    """What a sentence is made of."""

    template: str
    printed: Mapping[Key, str]
    whole: Puzzle  # every sum of the report
    puzzle: Puzzle  # those around the cause
    explanation: Explanation
    is_reading_suspect: bool


def write_sentence(case: Case, language: str) -> str:
    words = WORDS[language]
    if case.explanation.is_decided:
        sentence = _decided(case, words)
    elif case.explanation.moves:
        sentence = _undecided(case, words)
    else:
        sentence = _unexplained(case, words)
    return (words["check_reading"] if case.is_reading_suspect else "") + sentence


def _decided(case: Case, words: dict[str, str]) -> str:
    exchanges = [move for move in case.explanation.moves if move.kind in EXCHANGES]
    changes = together(move for move in case.explanation.moves if move.kind not in EXCHANGES)
    parts = [_exchange(case, move, words) for move in exchanges]
    parts += _restated(case, changes, words)
    return words["then"].join([*parts, _outcome(case, changes, bool(exchanges), words)])


def _restated(case: Case, changes: Mapping[Key, int], words: dict[str, str]) -> Iterable[str]:
    """What the cells print and what the sums around them say, item by item."""
    by_item: dict[tuple[str, str], list[Key]] = {}
    for key in in_print_order(case.template, changes):
        by_item.setdefault(key[:2], []).append(key)
    for keys in by_item.values():
        yield _printed(case, keys, words)
        told = _same([_shown(case.puzzle.values[key] + changes[key]) for key in keys], words)
        yield words[_evidence(keys)].format(told=told)


def _printed(case: Case, keys: Sequence[Key], words: dict[str, str]) -> str:
    said = [case.printed[key] for key in keys]
    columns = [column_label(key) for key in keys]
    if len(set(said)) == 1:
        places = words["printed_in"].format(what=said[0], where=words["and"].join(columns))
    else:
        pairs = zip(said, columns, strict=True)
        places = words["and"].join(words["printed_in"].format(what=w, where=c) for w, c in pairs)
    return words["is"].format(item=item_label(keys[0]), places=places)


def _evidence(keys: Sequence[Key]) -> str:
    if all(key[1] == "processed_total" for key in keys):
        return "outcomes_add_up"
    return "row_adds_up" if all(key[2] == "total" for key in keys) else "others_leave"


def _exchange(case: Case, move: Move, words: dict[str, str]) -> str:
    keys = in_print_order(case.template, move.changes)
    cells = [
        words["cell"].format(item=item_label(key), column=column_label(key), what=case.printed[key])
        for key in keys
    ]
    return words["exchanged"].format(cells=words["and"].join(cells))


def _outcome(
    case: Case, changes: Mapping[Key, int], is_exchange: bool, words: dict[str, str]
) -> str:
    keys = in_print_order(case.template, changes)
    means = [words["change"]] if is_exchange else []
    if keys:
        means.append(_same([_shown(case.puzzle.values[key] + changes[key]) for key in keys], words))
    return words["with"].format(what=words["and"].join(means), checks=_checks(case, words))


def _checks(case: Case, words: dict[str, str]) -> str:
    """How many checks of the rules that fail here hold once the cause is undone."""
    rules = {case.puzzle.identities[place].rule for place in case.explanation.places}
    effect = case.whole.effect(together(case.explanation.moves))
    after = [
        case.whole.residuals[place] + effect.get(place, 0) == 0
        for place, identity in enumerate(case.whole.identities)
        if identity.rule in rules
    ]
    if all(after):
        return words["all_hold"].format(count=len(after))
    return words["these_hold"].format(count=len(case.explanation.places))


def _undecided(case: Case, words: dict[str, str]) -> str:
    ways = dict.fromkeys(
        _way(case, moves, words) for moves in (case.explanation.moves, *case.explanation.rivals)
    )
    return words["cannot_decide"].format(failing=_failing(case, words), ways=words["or"].join(ways))


def _way(case: Case, moves: Iterable[Move], words: dict[str, str]) -> str:
    changes = together(moves)
    return words["and"].join(
        words["instead"].format(
            item=item_label(key),
            column=column_label(key),
            told=_shown(case.puzzle.values[key] + changes[key]),
            what=case.printed[key],
        )
        for key in in_print_order(case.template, changes)
    )


def _unexplained(case: Case, words: dict[str, str]) -> str:
    return words["unexplained"].format(failing=_failing(case, words))


def _failing(case: Case, words: dict[str, str]) -> str:
    sums = [case.puzzle.identities[place] for place in sorted(case.explanation.places)]
    named = words["list"].join(_sum(identity, words) for identity in sums[:NAMED])
    return named + (words["more"].format(count=len(sums) - NAMED) if len(sums) > NAMED else "")


def _sum(identity: Identity, words: dict[str, str]) -> str:
    key = identity.terms[0][0]
    is_row = identity.rule in ("T3-ROW-SUM", "T4-ROW-SUM")
    name = item_label(key) if is_row else column_label(key)
    return words[identity.rule].format(name=name)


def _same(told: Sequence[str], words: dict[str, str]) -> str:
    return told[0] if len(set(told)) == 1 else words["and"].join(told)


def _shown(value: object) -> str:
    return f"{value}"


WORDS = {
    "en": {
        "check_reading": "check our reading: some figures in this row or column were not read with certainty. As read, ",
        "is": "{item} is printed {places}",
        "printed_in": "{what} in {where}",
        "and": " and ",
        "then": "; ",
        "outcomes_add_up": "the outcomes add up to {told}",
        "row_adds_up": "the row adds up to {told}",
        "others_leave": "the other figures leave {told}",
        "cell": "{item} in {column} ({what})",
        "exchanged": "{cells} seem to be exchanged",
        "change": "them changed back",
        "with": "with {what} {checks}.",
        "all_hold": "all {count} checks hold",
        "these_hold": "the {count} checks that fail here hold",
        "cannot_decide": "{failing}; the figures alone cannot decide what is wrong: {ways}.",
        "or": "; or ",
        "instead": "{item} in {column} should be {told}, not {what}",
        "unexplained": "{failing}; no few changes would satisfy all checks: compare the whole table with its source.",
        "list": ", ",
        "more": " and {count} more",
        "T3-ROW-SUM": "the row {name} does not add up to its 总计",
        "T3-OUTCOME-SUM": "the outcomes in {name} do not add up to （七）总计",
        "T3-BALANCE": "received and carried in do not equal handled and carried out in {name}",
        "T4-ROW-SUM": "{name} does not add up to its 总计",
    },
    "zh": {
        "check_reading": "请先核对本系统的识读：该行或该列有数字未能确切识读。按现有识读，",
        "is": "“{item}”{places}",
        "printed_in": "在{where}栏填报为{what}",
        "and": "、",
        "then": "；",
        "outcomes_add_up": "各项办理结果之和为{told}",
        "row_adds_up": "本行各栏之和为{told}",
        "others_leave": "按其余数字推算为{told}",
        "cell": "“{item}”{column}栏（{what}）",
        "exchanged": "{cells}疑似互相错位",
        "change": "互换",
        "with": "改为{what}后，{checks}。",
        "all_hold": "{count}项勾稽关系全部成立",
        "these_hold": "此处不成立的{count}项勾稽关系均成立",
        "cannot_decide": "{failing}；仅凭表内数字无法判定何处有误：{ways}。",
        "or": "；或者",
        "instead": "“{item}”{column}栏应为{told}而非{what}",
        "unexplained": "{failing}；少量改动无法使全部勾稽关系成立，请将全表与原始数据核对。",
        "list": "，",
        "more": "，另有{count}项",
        "T3-ROW-SUM": "“{name}”一行各栏之和与总计不符",
        "T3-OUTCOME-SUM": "{name}栏各项办理结果之和与（七）总计不符",
        "T3-BALANCE": "{name}栏新收与上年结转之和不等于办理结果总计与结转下年度之和",
        "T4-ROW-SUM": "“{name}”各结果之和与总计不符",
    },
}
