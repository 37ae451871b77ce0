"""Text as printed, made comparable: pinyin notes gone, Traditional characters made Simplified."""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

from disclosure.records import Fact

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_TONE = re.compile(f"[{_TONES}]")
_PINYIN_NOTE = re.compile(rf"(?<=[\u3400-\u9fff])[(（][a-zü{_TONES}]{{1,8}}[)）]")


def simplify(text: str) -> str:
    """Given text, return it without pinyin notes (醫(yī)療 → 醫療) and in Simplified characters.

    Line breaks are kept, so that places in the text stay true.
    """
    # Neutral tones carry no mark, so one marked syllable in the text decides for all notes.
    if _TONE.search(text):
        text = _PINYIN_NOTE.sub("", text)
    return _converter().convert(text)


_ODD_SPACE = re.compile(r"\xa0\d|\d\xa0")  # a figure beside a space that is none of the keyboard's
_FEWEST = 50  # characters changed: fewer are variants that Simplified texts print too


def traces_of_script(printed: str, simplified: str) -> tuple[Fact, ...]:
    """Given a text before and after simplify, say what of it the blocks no longer show: pinyin notes, Traditional
    characters, and spaces that readers strip."""
    odd = _ODD_SPACE.search(printed)
    spaces = (Fact("spelled_number", odd.group(), "document"),) if odd else ()
    if printed == simplified:
        return spaces
    notes = _PINYIN_NOTE.findall(printed) if _TONE.search(printed) else []
    bare = _PINYIN_NOTE.sub("", printed) if notes else printed
    changed = sum(before != after for before, after in zip(bare, simplified, strict=False))
    facts = [*spaces, *(Fact("encoding", note, "document") for note in notes[:1])]
    if len(bare) == len(simplified) and changed >= _FEWEST:
        facts.append(Fact("label", "Traditional characters", "document"))
    return tuple(facts)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
