"""Text as printed, made comparable: pinyin notes gone, Traditional characters made Simplified."""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

from disclosure.records import Fact

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_TONE = re.compile(f"[{_TONES}]")
_PINYIN_NOTE = re.compile(rf"(?<=[\u3400-\u9fff])[(（][a-zü{_TONES}]{{1,8}}[)）]")


def has_pinyin(text: str) -> bool:
    """Whether a text has a syllable with its tone's mark. Neutral tones carry none, so one of them decides for all notes
    of a document."""
    return bool(_TONE.search(text))


def simplify(text: str, is_noted: bool | None = None) -> str:
    """Given text, return it without pinyin notes (醫(yī)療 → 醫療) and in Simplified characters. `is_noted` is has_pinyin of
    the document that a piece of text is from.

    Line breaks are kept, so that places in the text stay true.
    """
    if has_pinyin(text) if is_noted is None else is_noted:
        text = _PINYIN_NOTE.sub("", text)
    if not _traditional().search(text):
        return text
    simplified = _converter().convert(text)
    return text if _is_simplified_already(text, simplified) else simplified


# Characters of Simplified names too, such as 乾县, 乾安县 and 於潜镇: by themselves they show no Traditional text.
_IN_BOTH = frozenset("乾於瞭藉著甯祕")


def _is_simplified_already(text: str, simplified: str) -> bool:
    if text == simplified or len(text) != len(simplified):
        return False
    changed = {old for old, new in zip(text, simplified, strict=True) if old != new}
    return changed <= _IN_BOTH


_ODD_SPACE = re.compile(r"\xa0\d|\d\xa0")  # a figure beside a space that is none of the keyboard's
_FEWEST = 50  # characters changed: fewer are variants that Simplified texts print too


def odd_spaces(printed: str) -> tuple[Fact, ...]:
    """The first figure of a page beside a space that readers strip."""
    odd = _ODD_SPACE.search(printed) if "\xa0" in printed else None
    return (Fact("spelled_number", odd.group(), "document"),) if odd else ()


def traces_of_script(printed: str, simplified: str) -> tuple[Fact, ...]:
    """Given a text before and after simplify, say what of it the blocks no longer show: pinyin notes and Traditional
    characters."""
    if printed == simplified:
        return ()
    notes = _PINYIN_NOTE.findall(printed) if has_pinyin(printed) else []
    bare = _PINYIN_NOTE.sub("", printed) if notes else printed
    changed = sum(before != after for before, after in zip(bare, simplified, strict=False))
    facts = [Fact("encoding", note, "document") for note in notes[:1]]
    if len(bare) == len(simplified) and changed >= _FEWEST:
        facts.append(Fact("label", "Traditional characters", "document"))
    return tuple(facts)


@cache
def _traditional() -> re.Pattern[str]:
    """Characters that become others by themselves: a text without one is Simplified, and looked through in half the time
    that converting it takes. Those beyond the basic plane are all taken for such."""
    han = [chr(code) for first, last in _HAN for code in range(first, last + 1)]
    simplified = _converter().convert("\n".join(han)).split("\n")
    changed = [old for old, new in zip(han, simplified, strict=True) if old != new]
    return re.compile(f"[{''.join(changed)}\U00020000-\U0003ffff]")


_HAN = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
