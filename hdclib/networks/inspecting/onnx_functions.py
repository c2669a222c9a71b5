"""Functions that an ONNX file brings of its own: each call becomes the operations that it is made of; numpy only."""

from hdclib.checks import shown

MOST_NODES = 2**17  # functions that call each other twice would double at every level
DEEPEST = 64  # calls inside of calls


def written_out(nodes, functions):
    """Return the nodes of a graph with the body of a function in the place of each call.

    Parameters
    ----------
    nodes : list of dict
        As `graph_of_plain` takes them.
    functions : list of dict
        "domain", "name", "overload" (str), "inputs", "outputs" (lists of str), "attributes" (dict: the values of those
        that a call leaves out) and "nodes", in which "references" says which attribute of the call one takes.

    Raises
    ------
    ValueError
        If a function calls itself, or all of them together make more than 2**17 operations.
    """
    known = {_key(function, function["name"]): function for function in functions}
    found, waiting, calls = [], [(node, 0) for node in reversed(nodes)], 0
    while waiting:
        node, depth = waiting.pop()
        function = known.get(_key(node, node["op"]))
        if function is None:
            found.append(node)
        elif depth == DEEPEST:
            raise ValueError(f"model: its function {shown(node['op'])} is called {DEEPEST} deep, as if by itself")
        else:
            calls += 1
            waiting += [(one, depth + 1) for one in reversed(_body(function, node, calls))]
        if len(found) + len(waiting) > MOST_NODES:
            every = "those of its functions counted at each call"
            raise ValueError(f"model has more than {MOST_NODES} operations, {every}")
    return found


def _key(one, name):
    domain = one.get("domain", "")
    return "" if domain == "ai.onnx" else domain, name, one.get("overload", "")


def _body(function, call, number):
    """The nodes of a function, as one call of it has them."""
    place = call["name"].removesuffix(f"/{call['op']}") or function["name"]
    given = {**function["attributes"], **call["attributes"]}
    names, found = _names(function, call, f"{place}/{number}")
    for node in function["nodes"]:
        inner = node["name"] if "/" in node["name"] else f"{node['name']}/{node['op']}".strip("/")
        taken = {name: given[other] for name, other in node.get("references", {}).items() if other in given}
        renamed = {
            part: [names.get(one, one) for one in node.get(part, ())] for part in ("inputs", "outputs", "inside")
        }
        found.append({**node, **renamed, "name": f"{place}/{inner}", "attributes": {**node["attributes"], **taken}})
    return found


def _names(function, call, place):
    """What the names in a function stand for in one call, and the nodes that hand an input on as an output."""
    names = {"": "", **dict.fromkeys(function["inputs"], "")}
    names |= zip(function["inputs"], call["inputs"], strict=False)
    passed = []
    for formal, actual in zip(function["outputs"], call["outputs"], strict=False):
        if formal in names:
            same = {"op": "Identity", "name": place, "inputs": [names[formal]], "outputs": [actual], "attributes": {}}
            passed.append(same)
        else:
            names[formal] = actual
    for node in function["nodes"]:
        for name in node["outputs"]:
            names.setdefault(name, f"{place}/{name}")
    return names, passed
