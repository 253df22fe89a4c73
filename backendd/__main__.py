"""The command `backendd`."""

import os
import sys

from backendd.cli import arguments

_INTERRUPTED = 130


def main() -> int:
    """Run the command on the command line; return its exit status."""
    parsed = arguments.parse(sys.argv[1:])
    from backendd.api.errors import BackendError
    from backendd.api.failures import LinkError
    from backendd.cli.failure import FAILED, CommandFailed
    from backendd.config import ConfigError

    try:
        code: int = parsed.run(parsed)
        sys.stdout.flush()
    except (LinkError, ConfigError, CommandFailed) as error:
        print(f"backendd: {error}", file=sys.stderr)
        return error.exit_code
    except BackendError as error:
        print(f"backendd: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing may be flushed into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return code


if __name__ == "__main__":
    sys.exit(main())
