"""What people write, made up: words as common and as rare as they are in any language."""

import random
from itertools import accumulate

_COMMON_WORDS = (
    "the of and to in is you that it he was for on are as with his they at be this have from or "
    "one had by word but not what all were we when your can said there use an each which she do "
    "how their if will up other about out many then them these some her would make like him into "
    "time has look two more write go see number no way could people my than first water been call "
    "who its now find long down day did get come made may part"
)
_SYLLABLES = "ba ne ro ti su ka le mo vi du pa re lo ni tu ga se do mi ru"
_THAI = "สวัสดี ครับ วันนี้ อากาศ ดี มาก ไป กิน ข้าว ที่ บ้าน กับ เพื่อน ของ ผม แล้ว"
_EMOJI = "🍺 👍🏽 😀 ❤️ 🎉"
_HAN = [chr(0x4E00 + number) for number in range(3_000)]

VOCABULARY = 30_000
LENGTH = 12
"""Words of a message."""


_common, _syllables = _COMMON_WORDS.split(), _SYLLABLES.split()


def word(rank: int) -> str:
    """Return the word that is the so many-th most common one."""
    if rank < len(_common):
        return _common[rank]
    base = len(_syllables)
    return "".join(_syllables[rank // base**place % base] for place in range(4))


def _weights(count: int) -> list[float]:
    """Return how common the first so many are, summed up: each as one by its rank (Zipf)."""
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


_words = [word(rank) for rank in range(VOCABULARY)]
_thai, _emoji = _THAI.split(), _EMOJI.split()
_WORD_WEIGHTS, _HAN_WEIGHTS = _weights(VOCABULARY), _weights(len(_HAN))


def message(number: int) -> str:
    """Return what is said in a message: always the same by the same number."""
    chance = random.Random(number)
    if number % 20 == 7:
        return "".join(chance.choices(_HAN, cum_weights=_HAN_WEIGHTS, k=LENGTH))
    if number % 20 == 13:
        return "".join(chance.choices(_thai, k=LENGTH // 2))
    said = chance.choices(_words, cum_weights=_WORD_WEIGHTS, k=LENGTH)
    if number % 2:
        said.insert(0, "so")
    said.append("tea" if number // 2 % 2 else "coffee")
    if number % 3:
        said.append("okay")
    if number % 50 == 9:
        said.append(chance.choice(_emoji))
    if number % 1000 == 3:
        said.append("c++")
    if number % 100 == 1:
        said.append(f"{said[1]}_{said[2]}")
    return " ".join(said)
