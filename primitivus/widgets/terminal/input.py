"""What comes from the terminal: taken without losing any, decoded, and its end noticed."""

import contextlib
import errno
import os
import select
import signal
import termios
import time
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any, TextIO

from primitivus.widgets.terminal import mouse, multiplexers, questions
from primitivus.widgets.terminal.graphics import Answers
from primitivus.widgets.terminal.keys import Decoder
from primitivus.widgets.terminal.taking import Settings, take_over
from primitivus.widgets.terminal.urwid_display import InputClosedError, RawScreen

if TYPE_CHECKING:
    from urwid import EventLoop

# Answers that haven't come by then don't come; one that is due is waited for so long at the end.
_ANSWERED_S, _FAREWELL_S = 2.0, 1.0


class Input(RawScreen):
    """The half of a screen that listens to the terminal.

    What the application's keypress gets beyond urwid's own key names:

    - a bracketed paste comes as one `Paste`: a string that equals "paste", with the text in
      `.text`. Nothing of it is ever read as keys;
    - what the terminal says its background is, as a `BackgroundColour`, and what it shows besides
      characters, as `Graphics`, again where another size of characters is noticed;
    - "focus in" and "focus out", where the terminal tells;
    - while the mouse is heeded, its presses and its wheel as `Mouse`;
    - with `esc_is_meta` False, "esc" and the key where others get "meta x". Sequences of single
      keys, such as an arrow's or Alt with an arrow's, are still one key.
    """

    def __init__(
        self, input: TextIO, output: TextIO, *, esc_is_meta: bool, settings: Settings | None
    ) -> None:
        """Leave the terminal with `settings` in the end, where there are some."""
        self._settings = settings
        self._is_starting = False
        self._keys = Decoder(esc_is_meta=esc_is_meta)
        self._is_continued = False
        self._previous_sigcont: Any = None
        # Called when the terminal is gone, for as long as input is being waited for; where there
        # is none, InputClosedError is raised instead.
        self.on_hang_up: Callable[[], None] | None = None
        self._graphics = Answers(output)
        self._asked_at = 0.0
        super().__init__(
            input, output, bracketed_paste_mode=True, focus_reporting=True, extended_keys=True
        )

    @property
    def esc_is_meta(self) -> bool:
        """Whether Esc directly before another key makes it "meta x"; may change at any time."""
        return self._keys.esc_is_meta

    @esc_is_meta.setter
    def esc_is_meta(self, is_meta: bool) -> None:
        self._keys.esc_is_meta = is_meta

    def _start(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (urwid's own)
        self._take_over()
        self._is_starting = True
        try:
            super()._start(*args, **kwargs)
        finally:
            self._is_starting = False

    def _take_over(self) -> None:
        """Take the terminal's input as urwid would, without losing what was typed before."""
        descriptor = super()._input_fileno()
        if descriptor is None or not os.isatty(descriptor):
            return
        # Only once: a shell may have made others while we were stopped.
        settings, self._settings = self._settings, None
        self._old_termios_settings = settings or termios.tcgetattr(descriptor)
        typed = take_over(descriptor)
        if typed:
            self._partial_codes = list(typed)
            self._wake_input_loop()

    def _input_fileno(self) -> int | None:
        # Urwid would take the input once more, and throw away what has been typed: let it see none.
        return self._resize_pipe_rd.fileno() if self._is_starting else super()._input_fileno()

    def _stop(self) -> None:
        self._await_answers()
        try:
            super()._stop()
        finally:
            self._keys.forget()

    def _detect_terminal_modes(self) -> None:
        """Ask what there is to know; nothing waits for the answers."""
        if self.modes.kitty_keyboard is None and questions.can_be_asked(self.term):
            self._keyboard_query_pending = True
            self._ask(questions.everything(self.term, os.environ))

    def _ask(self, asked: str) -> None:
        self._asked_at = time.monotonic()
        self._graphics.awaited += 1
        self.write(asked)
        self.flush()

    def _look_again(self) -> list[Any]:
        """Return how large a character is by now, or ask for it."""
        if not questions.can_be_asked(self.term):
            return []
        if self._graphics.measured() is None:
            self._ask(questions.SIZE)
            return []
        return [self._graphics.graphics()]

    def _enable_keyboard_protocol(self) -> None:
        if self.modes.kitty_keyboard is None or self._keyboard_protocol_enabled is not None:
            return
        if self.modes.kitty_keyboard:
            super()._enable_keyboard_protocol()
        elif self.modes.modify_other_keys or multiplexers.is_tmux(os.environ):
            self.write(questions.MODIFY_OTHER_KEYS)
            self._keyboard_protocol_enabled = "modify other keys"
            self.flush()

    def _mouse_tracking(self, enable: bool) -> None:
        """Have the mouse told, or no longer; nothing is said to a terminal that would print it."""
        # Urwid asks for motions as well, and would run a program of its own on the Linux console.
        is_new = enable or self._mouse_tracking_enabled
        self._mouse_tracking_enabled = enable
        if is_new and questions.can_be_asked(self.term):
            self.write(mouse.ON if enable else mouse.OFF)

    def _await_answers(self) -> None:
        """Take the answers that are on their way: they would reach the shell after us."""
        descriptor = self._input_fileno()
        late = time.monotonic() - self._asked_at > _ANSWERED_S
        if descriptor is None or late:
            return
        answers = b""
        with contextlib.suppress(OSError):
            while len(questions.LAST_ANSWER.findall(answers)) < self._graphics.awaited:
                if not select.select([descriptor], [], [], _FAREWELL_S)[0]:
                    return
                data = os.read(descriptor, 4096)
                if not data:
                    return
                answers += data

    def signal_init(self) -> None:
        super().signal_init()
        self._previous_sigcont = self.signal_handler_setter(signal.SIGCONT, self._sigcont_handler)

    def signal_restore(self) -> None:
        self.signal_handler_setter(signal.SIGCONT, self._previous_sigcont or signal.SIG_DFL)
        super().signal_restore()

    def _sigcont_handler(self, signum: int, frame: FrameType | None = None) -> None:
        # Stopped by SIGSTOP, we could not tidy up: the terminal is as the shell left it.
        self._is_continued = True
        self._wake_input_loop()

    def get_available_raw_input(self) -> list[int]:
        try:
            codes = super().get_available_raw_input()
            if self._is_continued and self._started:
                self._is_continued = False
                self.stop()
                self.start()
                self._resized = True
        except InputClosedError:
            return self._hung_up()
        except (OSError, termios.error) as error:
            if error.args[0] != errno.EIO:
                raise
            return self._hung_up()
        return codes

    def _hung_up(self) -> list[int]:
        if self.on_hang_up is None:
            raise InputClosedError("the terminal hung up")
        self.on_hang_up()
        return []

    def parse_input(
        self,
        event_loop: "EventLoop | None",
        callback: Callable[[list[Any], list[int]], Any] | None,
        codes: list[int],
        wait_for_more: bool = True,
    ) -> Any:  # noqa: ANN401 (one of urwid's overloads, by whether there is a callback)
        if self._input_timeout and event_loop:
            event_loop.remove_alarm(self._input_timeout)
            self._input_timeout = None
        decoded, rest = self._keys.decode(
            bytes(codes), more=wait_for_more, protocol=self._keyboard_protocol_enabled
        )
        self._partial_codes = list(rest)
        wait = self._keys.wait_s
        if wait is not None and event_loop:

            def take_as_it_is() -> None:
                self._input_timeout = None
                self._partial_codes = []
                self.parse_input(event_loop, callback, list(rest), wait_for_more=False)

            self._input_timeout = event_loop.alarm(wait, take_as_it_is)
        told = list(self._graphics.taken(decoded))
        reported = self._drop_past_end_mouse_events(self._apply_terminal_reports(told))
        events = list(mouse.as_keys(reported, is_heeded=self._mouse_tracking_enabled))
        if self._resized:
            self._resized = False
            self.clear()
            events += ["window resize", *self._look_again()]
        taken = codes[: len(codes) - len(rest)]
        return callback(events, taken) if callback else (events, taken)
