"""What the trained networks of the book scored, and their figures."""

from hdclib.names import lazy_names

__all__, __getattr__, __dir__ = lazy_names(
    __name__,
    {
        "training.answers": ("averages_periods", "period_answers"),
        "training.failures": ("failed", "where_learned"),
        "training.pair_results": (
            "borders", "joints", "neighbours", "new_seed_pictures", "new_seeds", "orders", "periods",
        ),
        "training.pairs": ("every_seed", "pair_tests", "what_is_read"),
        "training.results": (
            "again", "comparisons", "conditions", "differs_in", "made", "pictures", "runs", "scores", "seeds",
        ),
    },
)  # fmt: skip
