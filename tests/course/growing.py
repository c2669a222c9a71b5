"""Whether work takes about twice as long for twice as much, which what nests or looks back does not."""

import time


def grows_with_its_input(work, few=2_000, many=8_000):
    """Tell whether four times as much takes about four times as long; `work` is given how much.

    A busy machine slows one of the two at times, so there are five tries. What grows with the square of its input
    takes sixteen times as long in each of them.
    """

    def seconds(much):
        start = time.process_time()
        work(much)
        return time.process_time() - start

    def grows_straight():
        short, long = (min(seconds(much) for _ in range(3)) for much in (few, many))
        return long < 10 * max(short, 0.002)

    return any(grows_straight() for _ in range(5))
