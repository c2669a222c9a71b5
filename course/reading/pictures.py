"""Pictures within notebooks: what claims to be one is kept only if it is."""

import base64
import binascii

#: Kind of a picture → what its content starts with. A drawing (SVG) is a program, so it is none.
STARTS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}


def read_pictures(attachments):
    """Return the pictures among the attachments of a cell: name → {kind: content in base64}."""
    found = {}
    for name, forms in attachments.items() if isinstance(attachments, dict) else ():
        kept = {kind: made for kind, value in (forms.items() if isinstance(forms, dict) else ())
                if (made := picture(kind, value))}  # fmt: skip
        if kept and isinstance(name, str):
            found[name] = kept
    return found


def picture(kind, value):
    """Return the content of a picture in base64, made anew; None if it is not what it claims to be."""
    value = "".join(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else value
    if kind not in STARTS or not isinstance(value, str):
        return None
    try:
        content = base64.b64decode(value.replace("\n", ""), validate=True)
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(content).decode() if content.startswith(STARTS[kind]) else None
