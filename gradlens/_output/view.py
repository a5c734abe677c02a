"""The object that `show` and `heatmap` return, and that a notebook displays."""

from __future__ import annotations

import base64
import contextvars
from typing import TYPE_CHECKING, Any

from .._live.front_ends import listen
from .._live.live import Live
from .._live.named import refuse_unknown
from .._live.properties import Properties
from .._live.words import in_payload, in_python
from .._model.fingerprint import Fingerprints
from .._shared.kernel import shell
from .._shared.nearest import did_you_mean
from .._shared.nulls import drops_null, to_page
from .._shared.packages import says_what_it_needs
from .payload import MIME_TYPE, check

if TYPE_CHECKING:
    from .._live.experiments import Experiment
    from .._live.result import Result

PATIENCE = 0.25
"""Seconds that a cell waits at most for the fingerprint of its model file."""


TIMEOUT = 300.0
"""Seconds that a cell waits for a view, unless it says otherwise."""


class View(Properties):
    """A GradLens view: displayed by JupyterLab as a live view, elsewhere as a PNG.

    Its properties have the names of the arguments of `show`: `view.layer` is the layer that the
    user looks at now, and `view.layer = "conv3"` moves the view wherever it is displayed.

    Args:
        payload: The payload that the browser gets, as in payload-v1.schema.json.
        png: The picture for places that cannot run the live view; None: there is none.
        text: The line for places that cannot show pictures.
        fingerprints: Of the model files; they go into the payload when they are found.
    """

    def __init__(
        self,
        payload: dict[str, Any],
        png: bytes | None,
        text: str,
        fingerprints: Fingerprints | None = None,
    ) -> None:
        check(payload)
        self._fingerprints = fingerprints
        self._payload = payload
        self._png = png
        self._text = text
        self._live = Live(self.id, payload.get("view", {}))
        listen(self._live)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a property; a name that there is not is a slip, and would change nothing."""
        if not name.startswith("_") and not hasattr(type(self), name):
            names = [one for one in dir(type(self)) if not one.startswith("_")]
            raise AttributeError(f"A view has no property {name!r}.{did_you_mean(name, names)}")
        super().__setattr__(name, value)

    @property
    def id(self) -> str:
        """Identity of the view; the same however often it is displayed."""
        return str(self._payload["id"])

    @property
    def payload(self) -> dict[str, Any]:
        """The payload that the browser gets, as in payload-v1.schema.json."""
        self._settle(None)
        return self._payload

    def as_output(self) -> tuple[dict[str, Any], str | None, dict[str, Any] | None, str]:
        """Return payload, picture (base64 PNG), metadata and one line, for a page.

        The payload begins as the view is now: a page begins as the user left it.
        """
        now = {name: value for name, value in self._live.state.items() if value is not None}
        payload = {name: value for name, value in self.payload.items() if name != "view"}
        if now:
            payload["view"] = now
        check(payload)
        return payload, self._base64(), None, self._text.removeprefix("GradLens: ")

    def as_found(self) -> tuple[dict[str, Any], str | None, dict[str, Any] | None, str]:
        """Return the same as `as_output`, with what the browser has found of the view.

        Raises:
            NoFrontEndError, ViewError, ViewTimeoutError: as of `wait`.
        """
        from .._live.ask import ask_output

        found = ask_output(self._live, TIMEOUT)
        check(found["payload"])
        return (
            found["payload"],
            found.get("picture", self._base64()),
            found.get("metadata"),
            self._text.removeprefix("GradLens: "),
        )

    @property
    @says_what_it_needs
    def state(self) -> dict[str, Any]:
        """How the view is now, as the user left it, by the names of the arguments of `show`.

        Of a view that nobody has seen yet, what the cell said.
        """
        return in_python(self._live.state, self._payload["kind"] == "model")

    @says_what_it_needs
    def set(self, **changes: Any) -> None:
        """Change the view, wherever it is displayed: several properties at once.

        Args:
            changes: Arguments of `show`, or `heatmap`, that say how a view looks; None for the
                default of those that may be None.

        Raises:
            GradLensError: a value that cannot be used, as for `show`, or a name that the model has
                not, once the view has opened it: nothing is changed.
        """
        made = in_payload(changes, self._payload, self._live.state)
        # Another model has other names.
        if self._live.names is not None and "model" not in made:
            refuse_unknown(made, self._live.names, self._live.state)
        view = {**self._payload.get("view", {}), **made}
        said = {name: value for name, value in view.items() if value is not None}
        payload = {**self._payload, "view": said}
        check(payload)
        # For where it is displayed next.
        self._payload = payload
        self._live.set(made)

    def wait(self, timeout: float | None = TIMEOUT) -> None:
        """Wait until the view shows what it is to show; other cells' messages stay in order.

        Args:
            timeout: Seconds to wait at most; None: without end.

        Raises:
            NoFrontEndError: no page of a browser shows the view.
            ViewError: the view cannot show it, and says why.
            ViewTimeoutError: it takes longer.
        """
        from .._live.ask import ask

        ask(self._live, None, timeout)

    @says_what_it_needs
    def result(
        self,
        *,
        activations: bool = False,
        gradients: bool = False,
        timeout: float | None = TIMEOUT,
    ) -> Result:
        """Return what the view shows, as numpy arrays; waits until it has settled.

        Map, scores and the layer's feature maps come as the browser has them. Of a view that is
        displayed several times, the place that was used last answers.

        Args:
            activations: Computes the layer's raw output also where the view has no feature maps.
            gradients: Computes the score's gradients at the layer.
            timeout: Seconds to wait at most; None: without end.

        Raises:
            NoFrontEndError: no page of a browser shows the view.
            ViewError: the view has no result, and says why.
            ViewTimeoutError: it takes longer.
        """
        from .._live.ask import ask
        from .._live.result import result_of

        extra = {"activations": activations, "gradients": gradients}
        head, arrays = ask(self._live, [name for name in extra if extra[name]], timeout)
        return result_of(head or {}, arrays)

    @property
    @says_what_it_needs
    def experiments(self) -> list[Experiment]:
        """What was kept of *Cover or change the picture*, those kept first at the front.

        Each has the scores before and after as numpy arrays, the mask of what was covered, and
        the other settings, as `gradlens.perturb` takes them. Asks the page that shows the view.

        Raises:
            NoFrontEndError: no page of a browser shows the view.
            ViewError: the view cannot tell, and says why.
            ViewTimeoutError: it takes longer than five minutes.
        """
        from .._live.ask import ask_experiments
        from .._live.experiments import experiments_of

        return experiments_of(ask_experiments(self._live, TIMEOUT))

    def __repr__(self) -> str:
        return self._text

    def _settle(self, seconds: float | None) -> bool:
        """Put the fingerprints into the payload, if found in time; return whether they are."""
        if self._fingerprints is None:
            return True
        if not self._fingerprints.wait(seconds):
            return False
        values, self._fingerprints = self._fingerprints.values, None
        shown = self._payload["model"]
        models = self._payload.get("models", [shown])
        for model, value in zip(models, values, strict=True):
            if value is not None:
                model["fingerprint"] = value
                if model["path"] == shown["path"]:
                    shown["fingerprint"] = value
        return True

    def _ipython_display_(self) -> None:
        self._live.is_displayed = True
        publisher = _publisher()
        if publisher is None or (self._settle(PATIENCE) and not drops_null()):
            raise NotImplementedError  # IPython then displays the MIME bundle.
        transient = {"display_id": self.id}
        publisher.publish(to_page(self._bundle()), {}, transient=transient)
        fingerprints = self._fingerprints
        if fingerprints is None:
            return
        # A large file: the view is shown now, and sent again with the fingerprint.
        # The message belongs to the cell that runs now, not to one that runs later.
        context = contextvars.copy_context()

        def send_again() -> None:
            self._settle(None)
            publisher.publish(to_page(self._bundle()), {}, transient=transient, update=True)

        fingerprints.then(lambda: context.run(send_again))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        self._live.is_displayed = True
        self._settle(PATIENCE)
        bundle = self._bundle()
        if include:
            bundle = {key: value for key, value in bundle.items() if key in include}
        if exclude:
            bundle = {key: value for key, value in bundle.items() if key not in exclude}
        return bundle

    def _bundle(self) -> dict[str, Any]:
        bundle = {MIME_TYPE: self._payload, "text/plain": self._text}
        png = self._base64()
        if png is not None:
            bundle["image/png"] = png
        return bundle

    def _base64(self) -> str | None:
        return None if self._png is None else base64.b64encode(self._png).decode("ascii")


def _publisher() -> Any:
    """Return what displays in a notebook; None outside."""
    running = shell()
    return getattr(running, "display_pub", None) if hasattr(running, "kernel") else None


def new_id() -> str:
    """Make an identity for a new view."""
    import uuid

    return uuid.uuid4().hex
