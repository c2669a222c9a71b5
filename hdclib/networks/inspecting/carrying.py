"""Carrying sets of positions through a graph: backwards to what is read, forwards to what reads."""

from hdclib.networks.inspecting.sets import union


def reads(graph, places, tensor, through_global=True):
    """Return what a set of positions of one tensor reads of every tensor before it.

    Parameters
    ----------
    graph : Graph
    places : Places
        Of `tensor`.
    tensor : int
    through_global : bool
        Whether to follow links that read a whole axis at once.

    Returns
    -------
    found : dict of int to Places
        Tensors of which nothing is read are left out.
    """
    return dict(walk_back(graph, places, tensor, through_global))


def walk_back(graph, places, tensor, through_global=True):
    """Yield (tensor, places) as `reads` finds them, last tensor first, and keep no more than is still needed."""
    asked = {tensor: places}
    for operation in reversed(graph.operations[:tensor]):
        wanted = asked.pop(operation.target, None)
        if wanted is None:
            continue
        yield operation.target, wanted
        for link in operation.links:
            if through_global or not link.is_global:
                given = union(asked.get(link.source), link.back(wanted))
                if given is not None:
                    asked[link.source] = given
    yield from asked.items()


def feeds(graph, places, tensor, through_global=True):
    """Return which positions of every later tensor read a set of positions of one tensor, as `reads` does."""
    found = {tensor: places}
    for operation in graph.operations[tensor:]:
        given = None
        for link in operation.links:
            if link.source in found and (through_global or not link.is_global):
                given = union(given, link.forth(found[link.source]))
        if given is not None:
            found[operation.target] = given
    return found


def before(graph, tensor):
    """Return the numbers of all tensors that one tensor depends on, itself among them."""
    found = {tensor}
    for operation in reversed(graph.operations[:tensor]):
        if operation.target in found:
            found.update(link.source for link in operation.links)
    return found
