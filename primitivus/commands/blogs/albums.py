"""Posts of pictures."""

import mimetypes
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from primitivus.client.apart import apart
from primitivus.commands.arguments.types import Paths
from primitivus.commands.blogs.publishing import begin, meant_blog
from primitivus.commands.command import command
from primitivus.commands.context import Context
from primitivus.commands.errors import CommandError
from primitivus.commands.files.files import Named, files_of, require
from primitivus.sentences import ntr, tr


@command("blog-album", aliases=("album", "blog album"))
async def blog_album(ctx: Context, title: str, file: Paths) -> None:
    """Make a post of pictures for your blog, and look at it before it is published.

    A title with blanks needs quotes: `:blog-album "A trip" *.jpg`. Of a folder its pictures are
    taken, and of those below. It is a draft until you publish it, and you can write to it before.
    Where the blog of a group is shown, or another of your own, it is for that.
    """
    pictures, others = await apart(partial(_pictures, file))
    if not pictures:
        raise CommandError(tr("an album has pictures, and none of these files is one"))
    await begin(ctx, {"title": title, "files": list(map(str, pictures))}, *meant_blog(ctx))
    if others:
        said = ntr(
            "{n} file that is no picture is left out",
            "{n} files that are no pictures are left out",
            len(others),
        )
        ctx.state.say(said)


def _pictures(named: Named) -> tuple[Sequence[Path], Sequence[Path]]:
    """Return which of the files are pictures, and which are none; CommandError."""
    files = list(dict.fromkeys(files_of(named, tr("a title or a name with blanks needs quotes"))))
    pictures = [each for each in files if _is_picture(each)]
    require(pictures)
    return pictures, [each for each in files if each not in pictures]


def _is_picture(file: Path) -> bool:
    # By the name, as whoever puts it on the server says of what type it is.
    return (mimetypes.guess_type(file.name)[0] or "").startswith("image/")
