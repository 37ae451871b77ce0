"""Text as printed, made comparable: pinyin notes gone, Traditional characters made Simplified."""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

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


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
