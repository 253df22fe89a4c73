"""Long posts, made of what is dear to read and to lay out."""

LONGEST = 200_000
"""Characters of a post."""

_DIV = '<div xmlns="http://www.w3.org/1999/xhtml">{}</div>'
_WORDS = "some words of a paragraph that goes on for a while "

# What stands around all, and what is repeated in it.
_KINDS = {
    "paragraphs": ("{}", f"<p>{_WORDS}<em>and on</em></p>"),
    "one paragraph": ("<p>{}</p>", _WORDS),
    "changes of style": ("<p>{}</p>", "<b>a</b><i>b</i> "),
    "line ends": ("<p>{}</p>", "a<br/>"),
    "links": ("<p>{}</p>", '<a href="https://a.example/">a</a> '),
    "bare links": ("<p>{}</p>", "https://a.example/ "),
    "brackets": ("<p>{}</p>", "http://a/) "),
    "emoji": ("<p>{}</p>", "🍺"),
    "families": ("<p>{}</p>", "👩\u200d👩\u200d👧"),
    "Han": ("<p>{}</p>", "日本"),
    "accents": ("<p>{}</p>", "e\u0301\u0302"),
    "one word": ("<p>{}</p>", "a"),
    "a list": ("<ul>{}</ul>", "<li>an item</li>"),
    "definitions": ("<dl>{}</dl>", "<dt>a</dt><dd>b</dd>"),
    "quotations": ("{}", "<blockquote><blockquote><p>a</p></blockquote></blockquote>"),
    "a table": ("<table>{}</table>", "<tr><td>a</td><td>some words</td><td>c</td></tr>"),
    "a wide table": ("<table>{}</table>", f"<tr>{'<td>some words</td>' * 28}</tr>"),
    "a table of emoji": ("<table>{}</table>", "<tr><td>🍺🍺🍺</td><td>日本</td></tr>"),
    "a great cell": ("<table><tr><td>a</td><td>{}</td></tr></table>", "word "),
    "code": ("<pre>{}</pre>", "some code\n"),
    "a line of code": ("<pre>{}</pre>", "code"),
    "headings": ("{}", "<h2>a heading</h2>"),
    "rules": ("{}", "<hr/>"),
}


def posts() -> dict[str, str]:
    """Return posts as long as that, by what they are made of."""
    return {
        kind: _DIV.format(around.format(piece * (LONGEST // len(piece))))
        for kind, (around, piece) in _KINDS.items()
    }
