"""Grade written answers in the browser: nbgrader's formgrader, on a server that can do nothing else.

There are no terminals, kernels or files on it, and none of the formgrader's own commands that would run students' code
or write elsewhere. Its pages run the formgrader's scripts and no others, and reach no other host.
"""

import base64
import hashlib
import os
import secrets

from jinja2 import Environment, FileSystemLoader
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.contents.manager import AsyncContentsManager
from jupyter_server.utils import url_path_join
from nbgrader.server_extensions.formgrader import apihandlers, handlers
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension
from tornado.web import RedirectHandler, StaticFileHandler
from traitlets.config import Config

from course.layout import CourseError
from course.results.pages import FORMGRADER, HarmlessExporter, Marking, page_policy

START = "/formgrader/gradebook"
#: What the formgrader may do: show grades and answers, and take points, comments and flags.
SHOWN = ("GradebookAssignmentsHandler", "GradebookNotebooksHandler", "GradebookNotebookSubmissionsHandler",
         "ManageStudentsHandler", "ManageStudentsAssignmentsHandler", "ManageStudentNotebookSubmissionsHandler",
         "SubmissionHandler", "SubmissionNavigationHandler")  # fmt: skip
ASKED = ("StatusHandler", "AssignmentCollectionHandler", "NotebookCollectionHandler", "SubmissionCollectionHandler",
         "SubmissionHandler", "SubmittedNotebookCollectionHandler", "FlagSubmissionHandler", "GradeCollectionHandler",
         "GradeHandler", "CommentCollectionHandler", "CommentHandler", "StudentCollectionHandler",
         "StudentSubmissionCollectionHandler", "StudentNotebookSubmissionCollectionHandler")  # fmt: skip
#: The three handlers that stand in the formgrader's own templates, by their digests.
CLICKS = ("toggle_name(true);", "toggle_name(false);", "toggleAllNames()")
#: Without a path, who came in by the page of one answer would be known there only, and no score would be taken.
LOGIN = Config({"IdentityProvider": {"cookie_options": {"path": "/", "samesite": "Strict"}}})


class Formgrader(FormgradeExtension):
    """nbgrader's formgrader with harmless pages and without its commands."""

    def init_tornado_settings(self, webapp):
        """Give the server templates whose scripts are marked, and an exporter of harmless pages."""
        super().init_tornado_settings(webapp)
        nonce = webapp.settings["hdc_nonce"]
        templates = Marking(FileSystemLoader([handlers.template_path]), nonce)
        webapp.settings["nbgrader_jinja2_env"] = Environment(loader=templates, autoescape=True)
        webapp.settings["nbgrader_exporter"] = HarmlessExporter(
            config=self.config, nonce=nonce, template_name="formgrade", extra_template_basedirs=[handlers.template_path]
        )

    def init_handlers(self, webapp):
        """Add the pages and what their scripts ask for, and nothing that runs code or writes files."""
        base = webapp.settings["base_url"]
        pages = [one for one in handlers.default_handlers if one[1].__name__ in SHOWN]
        asked = [one for one in apihandlers.default_handlers if one[1].__name__ in ASKED]
        static = [(r"/formgrader/static/(.*)", StaticFileHandler, {"path": str(FORMGRADER / "static")})]
        first = [(path, RedirectHandler, {"url": url_path_join(base, START), "permanent": False}) for path in
                 ("/", "/formgrader/?", "/formgrader/manage_assignments/?")]  # fmt: skip
        rest = [(r"/formgrader/.*", handlers.Template404)]
        rules = [*static, *first, *pages, *asked, *rest]
        webapp.add_handlers(".*$", [(url_path_join(base, path.lstrip("/")), *more) for path, *more in rules])


class NoContents(AsyncContentsManager):
    """A manager of contents that shows none; its elder would serve the folder's files by a way of its own."""

    def get_extra_handlers(self):
        """Return no handlers."""
        return []


class GradingServer(ServerApp):
    """A server that has the formgrader and a way to log in."""

    name = "formgrader"
    default_services = ("auth", "security")  # type: ignore[assignment]  # typed there as exactly those of the base
    load_other_extensions = False

    def start_formgrader(self):
        """Add the formgrader to the server."""
        formgrader = Formgrader(parent=self)
        formgrader.root_dir, formgrader.log = self.root_dir, self.log
        formgrader.initialize([])
        formgrader.debug = False
        formgrader.init_tornado_settings(self.web_app)
        formgrader.init_handlers(self.web_app)
        self.web_app.settings["nbgrader_exporter"].log = self.log


def policy(nonce):
    """Return the policy of the formgrader's pages."""
    digests = " ".join(f"'sha256-{_digest(text)}'" for text in CLICKS)
    scripts = f"script-src 'self' 'nonce-{nonce}' 'unsafe-hashes' {digests}"
    return page_policy(scripts, "connect-src 'self'", "frame-ancestors 'none'", forms="'self'")


def _digest(text):
    """Return the digest of a script in the form of a policy."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def make_server(course, port=0, browser=True):
    """Return the server of a course's formgrader, ready to start."""
    if not (course.root / "nbgrader_config.py").exists():
        raise CourseError("nothing has been graded in this course yet: say make grade first")
    os.chdir(course.root)  # nbgrader looks there for its settings
    nonce = secrets.token_urlsafe(16)
    settings = {"hdc_nonce": nonce, "headers": {"Content-Security-Policy": policy(nonce)}}
    server = GradingServer(
        root_dir=str(course.root), port=port, open_browser=browser, default_url=START, allow_root=True,
        terminals_enabled=False, contents_manager_class=NoContents, tornado_settings=settings, config=LOGIN,
    )  # fmt: skip
    server.initialize(argv=[], find_extensions=False)
    server.start_formgrader()
    return server


def run(course, options):
    """Serve the formgrader until Ctrl-C."""
    make_server(course, options.port, options.browser).start()
    return 0
