"""The words and numbers that questions and predictions are given: checked, and as the page writes them."""

from hdclib.checks import finite_numbers, shown, single, text


def texts(name, given):
    """Return a dict of texts, or say which argument is none."""
    if not isinstance(given, dict):
        raise TypeError(f"{name} must be a dict of texts, got {shown(given)}")
    for key, words in given.items():
        text(f"{name}[{shown(key)}]", words)
    return given


def check_number(name, value):
    """Refuse what is not one finite number."""
    single(name, value)
    finite_numbers(name, value)


def number_key(value):
    """The number as the page writes it: 7, not 7.0."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))
