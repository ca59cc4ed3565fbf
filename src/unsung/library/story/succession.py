"""What follows what: the steps of a story whose ways fork and meet again."""

from collections.abc import Mapping, Sequence


def steps(follows: Mapping[str, Sequence[str]], first: Sequence[str]) -> dict[str, int]:
    """The step of each scene that can be reached, in story order, from 1.

    A scene comes after all that may lead to it: its step is the longest way there. A way back to
    where the story has been is not followed. Without a `first`, it is what nothing leads to.
    """
    led_to = {to for ways in follows.values() for to in ways}
    order = _after_all_before(follows, first or [one for one in follows if one not in led_to])
    place = {name: at for at, name in enumerate(order)}
    step = dict.fromkeys(order, 1)
    for name in order:
        for to in follows[name]:
            if place[to] > place[name]:
                step[to] = max(step[to], step[name] + 1)
    return dict(sorted(step.items(), key=lambda one: (one[1], place[one[0]])))


def _after_all_before(follows: Mapping[str, Sequence[str]], first: Sequence[str]) -> list[str]:
    """Depth first, each scene noted once all that follows it is, and the whole turned round."""
    noted: list[str] = []
    seen: set[str] = set()
    ahead = [(name, False) for name in first]
    while ahead:
        name, left = ahead.pop()
        if left:
            noted.append(name)
        elif name not in seen:
            seen.add(name)
            ahead.append((name, True))
            ahead += [(to, False) for to in follows[name] if to not in seen]
    return noted[::-1]
