"""What widgets share that ask for one entry of a list after the other."""

import traitlets

from hdclib.widgets.kit.base import PageWidget


class InTurn(PageWidget):
    """Which entry of a list is asked now; a widget names the trait of the list in ``asked``."""

    asked = ""
    turn = traitlets.Int(1, min=1).tag(sync=True)

    def __init__(self, **state):
        super().__init__(**state)
        self.observe(self._count_again, self.asked)

    def read_bounds(self):
        """As of every widget; the last turn is that of the last entry."""
        return super().read_bounds() | {"turn": {"min": 1, "max": len(getattr(self, self.asked))}}

    def _count_again(self, change):
        self.set_trait("bounds", self.read_bounds())

    @traitlets.validate("turn")
    def _check_turn(self, proposal):
        last = len(getattr(self, self.asked))
        if proposal["value"] > last:
            raise traitlets.TraitError(f"turn must be at most {last}, got {proposal['value']}")
        return proposal["value"]
