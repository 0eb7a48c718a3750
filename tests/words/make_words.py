#!/usr/bin/env python3
"""Makes public/words.txt: the 7,776 words a passphrase is drawn from.

    pip install wordfreq==3.1.1       # how common a word is
    apt-get install wdutch            # which words there are (OpenTaal)
    python3 tests/words/make_words.py /usr/share/dict/dutch > public/words.txt

What goes in: Dutch words of 4 to 7 letters a-z, the most common first. What stays out:

* names (whatever the list also knows with a capital), words more at home in another language,
  and everything in blocked.txt (violence, sex, slurs, illness, sorrow, religion, and the like);
* another form of a kept word: "banaan" stays, "bananen" goes;
* a word one slip away from a more common one (a letter other, more, fewer, or two neighbours
  swapped), as far as 7,776 permits. 6,263 words can be kept two slips apart; the other 1,513 are
  the most common of those left, because a rare word that nobody can spell is the worse slip. So
  of the whole list 4,825 words have no neighbour: there a slip gives no other word of the list,
  and the app can point at the one that is wrong.

The list is sorted, so it says nothing about frequency any more. Same inputs, same output.
"""
import re
import sys
from pathlib import Path

from wordfreq import get_frequency_dict

COUNT = 7776  # 6^5: five words are 5 * log2(7776) = 64.6 bits
# A rarer, shorter word takes the place of a longer one only if it is itself known well enough.
SHORTER_MIN = 10 ** (2.6 - 9)
RAREST = 10 ** (1.8 - 9)  # rarer than that helps nobody: "chazan"
FOREIGN = 6
ENDINGS = set(
    "d de den e en end ende er ere ers es ig ige igd igen igt ing ingen je jes n nd s st ste t te ten tje tjes pje r rs"
    " lijk heid loos loze baar bare ster in's".split()
)


def blocked(path):
    exact, patterns = set(), []
    for line in path.read_text(encoding="utf-8").splitlines():
        for word in line.split("#")[0].split():
            if "*" in word:
                patterns.append(word.replace("*", "[a-z]*"))
            else:
                exact.add(word)
    pattern = re.compile("|".join(patterns) or "$^")
    return lambda word: word in exact or pattern.fullmatch(word)


def slips(word):
    """Keys that two words share exactly if they are one substitution or swap apart."""
    for i in range(len(word)):
        yield word[:i] + "*" + word[i + 1 :]
    for i in range(len(word) - 1):
        yield "~" + word[:i] + "".join(sorted(word[i : i + 2])) + "~" + word[i + 2 :]


def shorter(word):
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def bases(word):
    """What the word may be a form of: bananen -> banaan, brillen -> bril, brieven -> brief."""
    for k in range(3, len(word)):
        if word[k:] not in ENDINGS:
            continue
        stem = word[:k]
        yield stem
        if stem[-1] == stem[-2]:
            yield stem[:-1]
        for last in {stem[-1], {"v": "f", "z": "s"}.get(stem[-1], stem[-1])}:
            yield stem[:-1] + last
            if stem[-2] in "aeou" and stem[-3] not in "aeiou":
                yield stem[:-1] + stem[-2] + last


def foreign(word, own, others):
    """More at home in another language: "black" and "chaud" are in the Dutch list too."""
    return any(other.get(word, 0) > FOREIGN * own for other in others)


def choose(dictionary):
    frequency = get_frequency_dict("nl", wordlist="large")
    others = [get_frequency_dict(code, wordlist="large") for code in ("en", "fr", "de", "es", "it")]
    names = {w.lower() for w in dictionary if w[:1].isupper()}
    is_blocked = blocked(Path(__file__).with_name("blocked.txt"))
    pool = {
        w for w in dictionary
        if re.fullmatch("[a-z]{4,7}", w) and frequency.get(w, 0) >= RAREST and w not in names
    }
    known = {w for w in pool if frequency[w] >= SHORTER_MIN}
    pool = {
        w for w in pool
        if not is_blocked(w) and not foreign(w, frequency[w], others)
        and not any(w[:k] in known and w[k:] in ENDINGS for k in range(4, len(w)))
    }

    kept, keys, one_less, stems = set(), set(), set(), set()
    order = sorted(pool, key=lambda w: (-frequency[w], w))
    for strict in (True, False):
        for word in order:
            own_stems = set(bases(word))
            if word in kept or word in stems or own_stems & kept or not re.search("[aeiouy]", word):
                continue
            near = word in one_less or shorter(word) & kept or keys.intersection(slips(word))
            if near and strict:
                continue
            kept.add(word)
            stems |= own_stems
            one_less |= shorter(word)
            keys.update(slips(word))
            if len(kept) == COUNT:
                return sorted(kept)
        print(f"{len(kept)} words {'two slips apart' if strict else 'in all'}", file=sys.stderr)
    sys.exit(f"only {len(kept)} words, {COUNT} needed")


if __name__ == "__main__":
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").split()
    print("\n".join(choose(lines)))
