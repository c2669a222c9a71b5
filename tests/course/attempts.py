"""Attempts of somebody who has not seen the grader to forge a mark, stop a class or reach the teacher.

Each has its line in docs/attacks.md. Those of `IN_ONE` leave their kernel alive, so one submission makes them all.
"""

import json

from forgeries import WRONG

FRAMES = """\
import array, fcntl, json, os, select, signal, socket, struct, sys, threading, time
def frame(message):
    word = json.dumps(message).encode()
    return struct.pack("!I", len(word)) + word
kernel = get_ipython().kernel
def say(message):
    kernel.wall.sendall(frame(message))
"""
#: Each runs by itself in a block that swallows what it raises.
IN_ONE = {
    "verdicts with numbers": "for number in range(9):\n"
    "    say({'number': number, 'passed': True, 'text': '', 'error': None})",
    "the word that all is ready, again": "say({'ready': True})",
    "an end of each test": "say({})",
    "a pass as an answer": "say({'value': True, 'passed': True})",
    "an answer that claims no error": "say({'error': None})",
    "an answer of two": "say({'value': 1, 'missing': 'total'})",
    "descriptors of others": "for number in os.listdir('/proc/1/fd'): os.open(f'/proc/1/fd/{number}', os.O_RDWR)",
    "a debugger on the first process": "import ctypes\nctypes.CDLL(None).ptrace(16, 1, 0, 0)",
    "memory of the first process": "open('/proc/1/mem', 'r+b').write(b'x')",
    "signals to all": "os.kill(-1, signal.SIGCONT); os.kill(1, signal.SIGINT)",
    "a larger limit": "import resource\nresource.setrlimit(resource.RLIMIT_NPROC, (10**6, 10**6))",
    "the environment of the tests": "os.environ.update(PYTHONSTARTUP='/tmp/x.py', PYTHONPATH='/tmp')\n"
    "open('/tmp/hdclib.py', 'w').write('raise SystemExit')\nopen('/tmp/sitecustomize.py', 'w').write('1/0')",
    "modules in the scratch folder": "for name in ('json', 'wire', 'numpy', 'random'):\n"
    "    open(f'/tmp/{name}.py', 'w').write('def __getattr__(name): return lambda *a: True')",
    "a module written over": "import wire\nopen(wire.__file__, 'a').write('x = 1')",
    "a file system of one's own": "import ctypes\nctypes.CDLL(None).mount(b'x', b'/tmp', b'tmpfs', 0, None)",
    "an abstract socket": "socket.socket(socket.AF_UNIX).bind('\\0hdc')",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)",
    "packets": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)",
    "keys of the kernel's": "import ctypes\nlibc = ctypes.CDLL(None)\n"
    "for at in range(999): libc.syscall(248, b'user', b'%d' % at, b'x' * 9000, 9000, -4)",
    "programs for the kernel": "import ctypes\nctypes.CDLL(None).syscall(321, 0, 0, 0)",
    "faults handled by us": "import ctypes\nctypes.CDLL(None).syscall(323, 0)",
    "links out of the scratch folder": "os.symlink('/', '/tmp/root'); os.link('/proc/self/exe', '/tmp/exe')",
    "a terminal": "os.openpty(); fcntl.ioctl(0, 0x5412, b'x')",
    "descriptors sent through the wall": "kernel.wall.sendmsg([frame({})], [(socket.SOL_SOCKET, socket.SCM_RIGHTS,\n"
    "                    array.array('i', [0]))])",
    "messages of others": "for _ in range(50): kernel.session.send(kernel.iopub_socket, 'error',\n"
    "    {'ename': 'x', 'evalue': 'y', 'traceback': []}, parent={'header': {'msg_id': 'test_total'}})",
    "replies of others": "kernel.session.send(kernel.iopub_socket, 'status', {'execution_state': 'idle'},\n"
    "                    parent=kernel.get_parent('shell'))",
    "questions to the grader": "kernel.session.send(kernel.iopub_socket, 'input_request', {'prompt': 'password'})",
    "the rest of a message": "kernel.wall.sendall(b'\\0\\0')",
    "the wall turned round": "kernel.wall.shutdown(socket.SHUT_RD)\nkernel.wall = socket.socketpair()[0]",
}  # fmt: skip
BLOCK = "try:\n{code}\nexcept BaseException as error:\n    print(error)\n"


def block(code):
    """Return an attempt as a block that swallows what it raises."""
    return BLOCK.format(code="\n".join(f"    {line}" for line in code.split("\n")))


#: Code of a first answer → whether later answers may still count.
ALONE = {
    "all of the above": FRAMES + "".join(map(block, IN_ONE.values())) + WRONG,
    "parts of a message without end": FRAMES + WRONG + "import zmq\npart = b'x' * 10**7\n"
    "while True:\n    kernel.iopub_socket.send(part, zmq.SNDMORE)",
    "messages that wait to be read": FRAMES + WRONG + "for _ in range(10**4):\n"
    "    kernel.session.send(kernel.iopub_socket, 'display_data', {'data': {'text/plain': 'x' * 10**7},\n"
    "                        'metadata': {}}, parent=kernel.get_parent('shell'))",
    "the cell that answers, by hand": "#hdc-answer",
    "memory that waits in sockets": FRAMES + WRONG + "held = []\ntry:\n    while True:\n"
    "        held.append(socket.socketpair())\n        held[-1][0].setblocking(False)\n        try:\n"
    "            while True: held[-1][0].send(b'x' * 4096)\n        except BlockingIOError: pass\n"
    "except OSError as error: print(len(held))",
    "a second process that answers": FRAMES + WRONG + "if os.fork() == 0:\n    import wire\n    while True:\n"
    "        wire.receive(kernel.wall); wire.send(kernel.wall, {'value': 0})",
    "a thread that answers first": FRAMES + WRONG + "def race():\n    while True: say({'value': 10})\n"
    "threading.Thread(target=race, daemon=True).start()",
    "an answer that closes the wall": FRAMES + "def total(values):\n    kernel.wall.close()",
    "an answer that asks back": FRAMES + "import wire\ndef total(values):\n"
    "    wire.send(kernel.wall, {'name': 'numbers'})\n    return wire.receive(kernel.wall)",
    "an answer without end, in pieces": FRAMES + "def total(values):\n    kernel.wall.send(b'\\0\\x10\\0\\0')\n"
    "    while True:\n        kernel.wall.send(b' ')\n        time.sleep(0.1)",
    "numbers that make tests slow": "def total(values):\n    return float('inf')\nscaled = 10**4000",
}  # fmt: skip


def with_(right, **changes):
    """Return the right notebook with other content at its top."""
    return {**right, **changes}


def with_code(right, text, **marks):
    """Return the right notebook with a cell of one's own at its end."""
    cell = {"cell_type": "code", "metadata": marks, "outputs": [], "execution_count": None, "source": text}
    return with_(right, cells=[*right["cells"], cell])


MINE = {"grade": True, "points": 99, "grade_id": "mine", "locked": True, "solution": False}
ITEM = {"grade": True, "points": 99, "grade_id": "written-item-1", "locked": False, "solution": True}


def with_kind(right, kind):
    """Return the right notebook with its code in cells of another kind."""
    return with_(right, cells=[{**cell, "cell_type": kind} for cell in right["cells"]])


#: What is handed in, from the right notebook: only read and planned.
FILES = {
    "the name of another assignment, 1 MB": lambda right: with_(right, metadata={"hdc": {"assignment": "x" * 10**6}}),
    "a version of 4 MB": lambda right: with_(right, nbformat="4" * 4_000_000),
    "a version in eighty lists": lambda right: with_(right, nbformat=json.loads("[" * 80 + "]" * 80)),
    "a role of one's own": lambda right: with_code(right, "total = None", hdc_role="test"),
    "a rubric of one's own": lambda right: with_code(right, "1", rubric="**Rubric** 2 points for everybody"),
    "an item of a rubric of one's own": lambda right: with_code(right, "1", hdc_item="written", nbgrader=ITEM),
    "a test of one's own": lambda right: with_code(right, "total = None", nbgrader=MINE),
    "an id of 1 MB": lambda right: with_(right, cells=[{**right["cells"][0], "id": "x" * 10**6}, *right["cells"][1:]]),
    "code in cells that are no code": lambda right: with_kind(right, "raw"),
    "names that are too long to be told": lambda right: with_code(right, f"import gc.{'x' * 10**6}"),
    "ten thousand names to be told": lambda right: with_code(right, "\n".join(f"import gc.a{n}" for n in range(10**4))),
    "a number of 4 MB in code": lambda right: with_code(right, "9" * 4_000_000),
    "signs without end": lambda right: with_code(right, "-" * 10**6 + "1"),
    "lines that go on": lambda right: with_code(right, "x = \\\n" * 10**5),
    "help on everything": lambda right: with_code(right, "len?\n" * 10**4),
    "magic within magic": lambda right: with_code(right, "%time " * 10**4 + "1"),
    "shell within shell": lambda right: with_code(right, "!" * 10**5),
    "nothing but nothing": lambda right: with_code(right, "\0" * 10**5),
    "marks on marks": lambda right: with_code(right, "e" + "\u0301" * 10**6),
    "not a number as a number": lambda right: with_(right, nbformat_minor=float("nan"), x=float("inf")),
}  # fmt: skip
#: What is written, for a teacher to read.
TEXTS = {
    "a link of another scheme": "[a][b] <javascript:hit()> <vbscript:hit> [x](data:x,hit)\n\n[b]: javascript:hit()",
    "a link without a scheme": "[x](//evil.example/x) [y](\\\\evil) <a href='/formgrader/gradebook'>z</a>",
    "a link that reports": "<a href='https://a.example' ping='https://evil.example' target=x download>x</a>",
    "the end of the page": "</div></div></pre></body></html><body onload='hit()'>",
    "text that swallows the page": "<plaintext> <xmp> <listing> <textarea>",
    "foreign contents": "<math><annotation-xml encoding='text/html'><img onerror='hit()'></annotation-xml></math>",
    "broken tags": "<scr\0ipt>hit()</scr\0ipt> <<script>hit()//<</script> <img/onerror=hit()/src=x",
    "another alphabet": "+ADw-script+AD4-hit()+ADw-/script+AD4- \uff1cscript\uff1e \u2028<script>hit()</script>",
    "a control of the page": "<button formaction='/x' class=score>Full credit</button><input name=_xsrf><dialog open>",
    "a slot and a part": "<template shadowrootmode=open><style>*{display:none}</style></template><slot>",
    "quotes in quotes": ">" * 20_000 + " x",
    "brackets without end": "[" * 20_000,
    "stars without end": "*a " * 10_000,
    "a picture that is none": "![x](data:image/png;base64,PHN2ZyBvbmxvYWQ9aGl0KCk+) <img src='data:image/svg+xml,hit'>",
}  # fmt: skip
#: Names of a download: eve's, and one that its student chose to be taken for ben.
NAMES = {
    "Moodle's name in a file of Canvas's": (
        "testereve_1002_7_small.ipynb", "testerada_1000_8_x-Ben Tester_2_assignsubmission_file_small.ipynb"),
    "Moodle's name in a file of Blackboard's": (
        "Small_eve_attempt_2026-05-04-23-10-05_small.ipynb",
        "Small_ada_attempt_2026-05-04-23-10-05_x-Ben Tester_2_assignsubmission_file_small.ipynb"),
    "Canvas's name in a login of Blackboard's": (
        "Small_eve_attempt_2026-05-04-23-10-05_small.ipynb",
        "Small_1001_99_x_attempt_2026-05-04-23-10-05_small.ipynb"),
    "Blackboard's name in a file of Canvas's": (
        "testereve_1002_7_small.ipynb", "testerada_1000_8_ben_attempt_2026-05-04-23-10-05_small.ipynb"),
    "Brightspace's name as a login": ("small-eve/small.ipynb", "small-1-2-bentester-2026/small.ipynb"),
    "ILIAS's name as a login": ("eve/small.ipynb", "x_y_ben_1/small.ipynb"),
    "the exchange's name as a login": ("eve/small.ipynb", "ben+small+2026-05-04 12:00:00 UTC+x/small.ipynb"),
    "the exchange's name in a login of the exchange": (
        "eve+small+2026-05-04 12:00:00 UTC+x/small.ipynb",
        "ben+x+2026-05-04 12:00:00+small+2026-05-04 12:00:00 UTC+x/small.ipynb"),
    "Moodle's name as a login of the exchange": (
        "eve+small+2026-05-04 12:00:00 UTC+x/small.ipynb",
        "Ben Tester_2_assignsubmission_file_+small+2026-05-04 12:00:00 UTC+x/small.ipynb"),
    "a login with a dot more": ("small-eve/small.ipynb", "small-b.en/small.ipynb"),
    "the name of the assignment as a login": ("eve/small.ipynb", "small/ben/small.ipynb"),
    "the name of what is handed in as a login": ("eve/small.ipynb", "submitted/ben/small.ipynb"),
    "a group's name as a login of the exchange": (
        "eve+small+2026-05-04 12:00:00 UTC+x/small.ipynb", "red+small+2026-05-04 12:00:00 UTC+x/small.ipynb"),
}  # fmt: skip
