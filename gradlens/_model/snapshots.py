"""A Keras callback that stores small models while another trains."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from .._shared.kinds import a_kind
from .._shared.warn import warn
from ..errors import ArgumentError
from .series import epoch_file, epochs_in, write_list

if TYPE_CHECKING:
    from .._output.view import View


class Hooks:
    """What Keras 3 and Keras 2 (`tf_keras`) call on a callback.

    Written out, and no subclass of Keras' own: the package imports neither, and
    one object serves both.
    """

    async_safe = True  # Keras 3: nothing is done after a batch
    _supports_tf_logs = True  # Keras 2: the logs are not looked at
    params: dict[str, Any] | None = None
    model: Any = None

    def set_params(self, params: dict[str, Any]) -> None:
        """Take what `fit` was given."""
        self.params = params

    def set_model(self, model: Any) -> None:
        """Take the model that trains."""
        self.model = model

    def _implements_train_batch_hooks(self) -> bool:
        return False

    _implements_test_batch_hooks = _implements_train_batch_hooks
    _implements_predict_batch_hooks = _implements_train_batch_hooks

    def _nothing(self, *_: Any, **__: Any) -> None:
        pass

    on_batch_begin = on_batch_end = on_train_batch_begin = on_train_batch_end = _nothing
    on_test_batch_begin = on_test_batch_end = _nothing
    on_predict_batch_begin = on_predict_batch_end = _nothing
    on_test_begin = on_test_end = on_predict_begin = on_predict_end = _nothing
    on_epoch_begin = _nothing


class Snapshots(Hooks):
    """Store small models while a Keras model trains: `model.fit(…, callbacks=[snapshots])`.

    For Keras 3 and `tf_keras`. Afterwards `snapshots.show(image)`, or `show("folder/", image)`
    at any time, shows them with a slider over the epochs. The optimizer's state is left out. A
    model that cannot be stored is a warning, once: the training goes on.

    A training that begins again writes over the files of its epochs; later ones of the training
    before stay in the folder, and are not shown. With `initial_epoch=` it goes on.

    Args:
        folder: Where `epoch-0001.keras` and so on go (`.h5` of Keras 2); beside the notebook, so
            that the browser can read them. It is made when the first model is stored.
        every: Store the model after every so many epochs; the last one of the training always.
        images: What `show` shows, unless it is given others: as `image` of `gradlens.show`.
        **arguments: Of `gradlens.show`, such as `preprocess` and `labels`, for `show`.

    Raises:
        ArgumentError: a folder or a number that cannot be used.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        every: int = 1,
        images: Any = None,
        **arguments: Any,
    ) -> None:
        if not isinstance(folder, (str, os.PathLike)):
            raise ArgumentError(f"folder is {a_kind(folder)}: give the path of a folder.")
        self.folder = os.path.abspath(os.path.expanduser(os.fspath(folder)))
        if os.path.exists(self.folder) and not os.path.isdir(self.folder):
            raise ArgumentError(f'"{os.fspath(folder)}" is a file: give the path of a folder.')
        if isinstance(every, bool) or not isinstance(every, int) or every < 1:
            raise ArgumentError(f"every={every!r} must be a whole number of epochs, 1 or more.")
        self.every = every
        self.images = images
        self.arguments = arguments
        self._begin()

    @property
    def _snapshots_folder(self) -> str:
        return self.folder

    def _begin(self) -> None:
        self._stored: dict[int, str] = {}
        self._before: list[str] = []
        self._first: int | None = None
        self._last: int | None = None
        self._is_refused = False

    @property
    def size(self) -> int:
        """Bytes of what this training stored."""
        return sum(os.path.getsize(path) for path in self._paths() if os.path.isfile(path))

    def on_train_begin(self, logs: Any = None) -> None:
        """Begin anew."""
        self._begin()

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Store the model, where it is its turn."""
        self._last = epoch + 1
        if self._first is None:
            self._first = self._last
        if self._last % self.every == 0:
            self._store(self._last)

    def on_train_end(self, logs: Any = None) -> None:
        """Store the last model, if it is not, and say what was stored."""
        if self._last is not None and self._last not in self._stored:
            self._store(self._last)
        if self._stored and (self.params or {}).get("verbose", 1) != 0:
            print(f"GradLens: {self}. Show them with snapshots.show(image).")

    def show(self, image: Any = None, **arguments: Any) -> View:
        """Show what was stored, with a slider over the epochs.

        Args:
            image: As of `gradlens.show`; default: the `images` that the callback was given.
            **arguments: Of `gradlens.show`; they go before those that the callback was given.

        Raises:
            MissingFileError: nothing was stored yet.
            GradLensError: as `gradlens.show`.
        """
        from .._show import show

        return show(
            self,
            self.images if image is None else image,
            **{**self.arguments, **arguments},
        )

    def __repr__(self) -> str:
        count = len(self._stored)
        if count == 0:
            return f'nothing is stored in "{self.folder}"'
        models = "1 model" if count == 1 else f"{count} models"
        first, last = min(self._stored), max(self._stored)
        epochs = f"epoch {first}" if count == 1 else f"epochs {first} to {last}"
        return f'{models} ({epochs}, {self.size / 1e6:.1f} MB) in "{self.folder}"'

    def _paths(self) -> list[str]:
        return [os.path.join(self.folder, name) for name in self._stored.values()]

    def _store(self, epoch: int) -> None:
        if self._is_refused:
            return
        from .cache import store_model
        from .live_outputs import refuse_subclassed

        try:
            refuse_subclassed(self.model)
            os.makedirs(self.folder, exist_ok=True)
            if not self._stored and self._first is not None:
                # Of a training that goes on where another one stopped.
                self._before = [
                    os.path.basename(path)
                    for at, path in epochs_in(self.folder)
                    if at < self._first
                ]
            ending = store_model(self.model, os.path.join(self.folder, epoch_file(epoch, "")))
            self._stored[epoch] = epoch_file(epoch, ending)
            write_list(self.folder, [*self._before, *self._stored.values()])
        except Exception as error:
            # Whatever it is, hours of training must not be lost for it.
            self._is_refused = True
            reason = str(error).strip().split("\n")[0] or type(error).__name__
            warn(
                f"GradLens stores no more models of this training, which goes on: after epoch "
                f'{epoch} it could not write to "{self.folder}": {reason}'
            )
