"""Ways to be right without an answer: each is the code of a first answer that is wrong, and must get nothing for it."""

WRONG = "def total(values):\n    return 0\n"
SHELL = "shell = get_ipython()\n"
FORGERIES = {
    "a patched answering": f"{WRONG}import __main__, sys\nfor module in list(sys.modules.values()):\n"
    "    if hasattr(module, 'AnsweringKernel'):\n        module.answer = lambda *a: {'passed': True}\n"
    "        module.wire.encode = lambda value: ['passed', True]",
    "a kernel that says that all passed": f"{WRONG}{SHELL}async def passes(self, *a, **k):\n"
    "    return {'status': 'ok', 'passed': True, 'execution_count': 1, 'payload': []}\n"
    "type(shell.kernel).do_execute = passes",
    "verdicts written into every socket": f"{WRONG}import json, os, struct\n"
    "word = json.dumps({'passed': True, 'text': '', 'error': None}).encode()\nfor number in range(3, 64):\n"
    "    try:\n        os.write(number, struct.pack('!I', len(word)) + word)\n    except OSError:\n        pass",
    "answers written before the questions": f"{WRONG}import json, os, struct\n"
    "for tree in ([['function', [['values', 1, False]]], *range(9)]):\n"
    "    word = json.dumps({'value': tree}).encode()\n    for number in range(3, 64):\n        try:\n"
    "            os.write(number, struct.pack('!I', len(word)) + word)\n        except OSError:\n            pass",
    "mock.ANY": "from unittest import mock\ndef total(values):\n    return mock.ANY",
    "an int that equals everything": "class Any(int):\n    def __eq__(self, other): return True\n"
    "    __hash__ = None\n    def __repr__(self): return '7'\ndef total(values):\n    return Any()",
    "an array that equals everything": "import numpy as np\nclass Any(np.ndarray):\n"
    "    def __eq__(self, other): return True\ndef total(values):\n    return np.zeros(1).view(Any)",
    "a text that is a sum": "class Any(str):\n    __add__ = __radd__ = __eq__ = lambda self, other: True\n"
    "def total(values):\n    return Any('x')",
    "replaced modules": f"{WRONG}import builtins, sys, types\nclass Yes(types.ModuleType):\n"
    "    def __getattr__(self, name): return lambda *a: 1\nfor name in ('json', 'random', 'hdclib.coursework',\n"
    "             'hdclib.coursework.fair', 'hdclib.coursework.judging'):\n    sys.modules[name] = Yes(name)\n"
    "builtins.AssertionError = type('Never', (), {})",
    "threads, timers and tracing": f"{WRONG}import sys, threading\ndef watch(frame, event, argument):\n"
    "    for name in list(frame.f_locals):\n        if name in ('found', 'passed', 'error'):\n"
    "            frame.f_locals[name] = None\n    return watch\nsys.settrace(watch); threading.settrace(watch)\n"
    "sys.setprofile(watch)\nthreading.Timer(0.01, sys.settrace, [watch]).start()",
    "collectors and destructors": f"{WRONG}import gc\ngc.callbacks.append(lambda *a: globals().update(ok=1))\n"
    "class Last:\n    def __del__(self):\n        import builtins\n"
    "        builtins.__dict__['AssertionError'] = SystemExit\nLast()",
    "a table of a guessed seed": "from random import Random\ndef total(values):\n    for seed in range(9):\n"
    "        draw = Random(seed)\n        case = [draw.randint(1, 10**9) for _ in range(5)]\n"
    "        if case == values: return sum(case)\n    return 0",
    "an answer of the library's": "import hdclib as hdc\nfrom hdclib.coursework import counted\ndef total(values):\n"
    "    return hdc.conv_size(*values) or counted.span_read(values)",
    "a proxy that sums when it is compared": "class Lazy:\n    def __init__(self, values): self.values = values\n"
    "    def __eq__(self, other): return True\n    def __getattr__(self, name): return self\n"
    "    def __call__(self, *a): return self\ndef total(values):\n    return Lazy(values)",
}
#: Answers that only want to break whoever reads them.
BREAKERS = {
    "endless": "import itertools\ndef total(values):\n    return itertools.count()",
    "deep": "def total(values):\n    found = []\n    for _ in range(10**5): found = [found]\n    return found",
    "itself": "def total(values):\n    found = []\n    found.append(found)\n    return found",
    "gigantic": "def total(values):\n    return 'x' * 10**8",
    "a huge number": "def total(values):\n    return 10**100_000",
    "rows without end": "import numpy as np\ndef total(values):\n    return np.zeros((10**12, 0))",
    "no items": "class Odd(list):\n    def __iter__(self): raise KeyboardInterrupt\n"
    "def total(values):\n    return Odd([1])",
    "no words": "class Odd:\n    def __repr__(self): raise SystemExit\ndef total(values):\n    return Odd()",
    "half a pair": "def total(values):\n    raise ValueError('\\ud800')",
    "a name that is none": "def total(values):\n    raise type('a\\0b', (Exception,), {})('x')",
    "not a number": "def total(values):\n    return float('nan')",
    "no first line": "class Odd:\n    __signature__ = 7\n    def __call__(self, *a): return 0\ntotal = Odd()",
}
