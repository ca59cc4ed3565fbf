"""What comes before and after: the way on from a page."""

from attrs import frozen


@frozen
class Neighbour:
    """A page beside this one."""

    title: str
    address: str
