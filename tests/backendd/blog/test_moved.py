"""Posts as programs write them into files: what they say, which they are, and which are none."""

import re
from html import escape

import pytest

from backendd.blog import moved
from backendd.core.xml import parse_time
from tests.backendd.blog.test_syndication import read

NAMESPACES = (
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:wp='http://wordpress.org/export/1.2/' "
    "xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/'"
)
ATOM = (
    "xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://www.w3.org/2007/app' "
    "xmlns:blogger='http://schemas.google.com/blogger/2018' "
    "xmlns:thr='http://purl.org/syndication/thread/1.0'"
)
KIND = "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{}'/>"


def posts(written):
    reader, found = read(written)
    return [moved.decode(each, reader.around) for each in found if moved.is_post(each)]


def rss(inner, before=""):
    return f"<rss version='2.0' {NAMESPACES}><channel>{before}<item>{inner}</item></channel></rss>"


def atom(inner, before=""):
    return f"<feed {ATOM}>{before}<entry>{inner}</entry></feed>"


def post(written):
    (found,) = posts(written)
    return found


WORDPRESS = """
<title>On tea</title><link>https://old.example/on-tea/</link>
<pubDate>Mon, 02 Mar 2020 09:30:00 +0000</pubDate><dc:creator><![CDATA[jc]]></dc:creator>
<guid isPermaLink="false">https://old.example/?p=7</guid><description></description>
<content:encoded><![CDATA[<!-- wp:paragraph -->
<p>Leaves <em>and</em> water.</p>
<!-- /wp:paragraph -->

<!-- wp:image -->
<figure><img src="https://old.example/cup.jpg" alt="a cup"/></figure>
<!-- /wp:image -->]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>7</wp:post_id><wp:post_date_gmt>2020-03-02 09:30:00</wp:post_date_gmt>
<wp:post_modified_gmt>2020-03-03 10:00:00</wp:post_modified_gmt>
<wp:status>{status}</wp:status><wp:post_type>{type}</wp:post_type>
<wp:post_password>{password}</wp:post_password>
<category domain="category" nicename="drinks">Drinks</category>
<category domain="post_tag" nicename="hot">hot</category>
<category domain="category" nicename="uncategorized">Uncategorized</category>
<category domain="post_format" nicename="post-format-quote">Quote</category>
<wp:comment><wp:comment_content>nice</wp:comment_content></wp:comment>
"""
AUTHOR = (
    "<wp:author><wp:author_login>jc</wp:author_login>"
    "<wp:author_display_name>Juliet</wp:author_display_name></wp:author>"
)


def wordpress(status="publish", type="post", password=""):
    inner = WORDPRESS.format(status=status, type=type, password=password)
    return posts(rss(inner, AUTHOR))


def test_a_post_of_wordpress_says_all_that_it_said_there():
    (found,) = wordpress()
    content = found.content
    assert found.why_not == ""
    assert content.title == "On tea"
    assert content.text == "Leaves and water.\n\na cup (https://old.example/cup.jpg)"
    assert '<img src="https://old.example/cup.jpg" alt="a cup" />' in content.xhtml
    assert content.author.name == "Juliet"
    assert content.published == parse_time("2020-03-02T09:30:00Z")
    assert content.updated == parse_time("2020-03-03T10:00:00Z")
    assert content.tags == ("Drinks", "hot")
    assert [(each.rel, each.href) for each in content.links] == [
        ("via", "https://old.example/on-tea/")
    ]


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"status": "draft"}, "draft"), ({"status": "private"}, "private"),
        ({"status": "future"}, "future"), ({"type": "page"}, "a page"),
        ({"password": "secret"}, "password"),
    ],
)  # fmt: skip
def test_what_was_not_for_everybody_there_is_refused(how, why):
    (found,) = wordpress(**how)
    assert why in found.why_not


@pytest.mark.parametrize("type", ["attachment", "nav_menu_item", "revision", "custom_css"])
def test_what_is_no_post_of_wordpress_is_none(type):
    assert wordpress(type=type) == []


def test_blank_lines_make_paragraphs_where_wordpress_makes_them():
    written = "one\ntwo\n\n<h2>three</h2>\n\n<pre>a\n\nb</pre>\n\nfour"
    inner = f"<content:encoded><![CDATA[{written}]]></content:encoded>"
    found = post(rss(f"{inner}<wp:post_type>post</wp:post_type>"))
    assert found.content.text == "one\ntwo\n\nthree\n\na\n\nb\n\nfour"
    assert "<p>four</p>" in found.content.xhtml
    assert "<p>" not in post(rss(inner)).content.xhtml


def shown(written, *pictures, post_type="<wp:post_type>post</wp:post_type>"):
    """Return the post with id 7 that says this, of a blog that has these pictures."""
    items = "".join(f"</item><item>{each}" for each in pictures)
    inner = f"<content:encoded>{escape(written)}</content:encoded>"
    return post(rss(f"{inner}<wp:post_id>7</wp:post_id>{post_type}{items}")).content


def attachment(id, name, more="<wp:post_parent>7</wp:post_parent>"):
    return (
        f"<title>{name}</title><wp:post_type>attachment</wp:post_type><wp:post_id>{id}</wp:post_id>"
        f"<wp:attachment_url>https://old.example/{name}</wp:attachment_url>{more}"
    )


def pictures_in(content):
    return re.findall(r'src="https://old.example/([^"]*)"', content.xhtml)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('[caption id="a" align="left" width="300"]<img src="https://'
         'old.example/cup.jpg" alt="a cup"/> A <em>cup</em>[/caption]\n\nThe end',
         "a cup (https://old.example/cup.jpg) A cup\n\nThe end"),
        ('[wp_caption caption="A cup"]<img src="https://old.example/cup.jpg" alt="c">[/wp_caption]',
         "c (https://old.example/cup.jpg) A cup"),
        ("Look: [embed width='3']https://v.example/w?a=1&amp;b=2[/embed] there",
         "Look: https://v.example/w?a=1&b=2 there"),
        ("[embed]A film[/embed]", "A film"),
        ("[embed src='https://v.example/w' /]", "https://v.example/w"),
        ("see [1], [sic], [captions], [gallery-2 a], [my-gallery] and [code]x[/code]",
         "see [1], [sic], [captions], [gallery-2 a], [my-gallery] and [code]x[/code]"),
        ("write [[gallery ids='1']] for one", "write [gallery ids='1'] for one"),
        ("[gallery", "[gallery"), ("one [/caption]two", "one two"),
        ("[caption]unended", "unended"), ("a[gallery]b", "ab"),
        ("<a href='https://b.example/[gallery]'>there</a>", "there (https://b.example/[gallery])"),
    ],
)  # fmt: skip
def test_of_captions_and_embeds_of_wordpress_what_they_say_is_kept(written, text):
    assert shown(written).text == text


def test_what_stands_in_brackets_in_other_feeds_is_text():
    assert shown("one [gallery] [caption]two", post_type="").text == "one [gallery] [caption]two"


def test_a_gallery_of_wordpress_becomes_its_pictures_as_far_as_they_are_known():
    own = "<wp:post_parent>7</wp:post_parent>"
    blog = [
        attachment(1, "one.jpg", f"{own}<wp:menu_order>2</wp:menu_order>"),
        attachment(2, "two.PNG?x=1", f"{own}<wp:menu_order>1</wp:menu_order>"),
        attachment(3, "notes.pdf"),
        attachment(4, "other.jpg", "<wp:post_parent>8</wp:post_parent>"),
        attachment(5, "first.jpg", f"{own}<wp:menu_order>-1</wp:menu_order>"),
    ]  # fmt: skip
    found = shown('Before\n[gallery ids="4, 9,1" columns="2"]\nafter', *blog)
    assert pictures_in(found) == ["other.jpg", "one.jpg"]
    assert found.text.startswith("Before\n\n")
    assert found.text.endswith("\n\nafter")
    assert pictures_in(shown("[gallery]", *blog)) == ["first.jpg", "two.PNG?x=1", "one.jpg"]
    assert pictures_in(shown("[gallery exclude=1]", *blog)) == ["first.jpg", "two.PNG?x=1"]
    assert pictures_in(shown("[gallery id='8']", *blog)) == ["other.jpg"]
    assert pictures_in(shown("<p>a</p>[gallery ids=1]", *blog)) == ["one.jpg"]


def test_what_is_said_of_a_picture_in_a_gallery_harms_nothing():
    evil = attachment(
        1,
        "a.jpg",
        '<excerpt:encoded>&lt;script&gt;"&gt;x</excerpt:encoded>'
        "<wp:menu_order>99999999999999999999</wp:menu_order>",
    )
    found = shown("[gallery ids=1]", evil)
    assert "<script" not in found.xhtml
    assert '<script>">x' in found.text


def test_many_brackets_take_no_longer_than_they_are_many():
    assert shown("[caption [" * 50_000).text.startswith("[caption [")
    assert shown("[caption]" * 50_000).text == ""
    assert shown(f"[caption {'a' * 500_000}]b").text == "b"
    blog = [attachment(number, f"{number}.jpg") for number in range(300)]
    assert len(pictures_in(shown("[gallery]" * 50_000, *blog))) == 500


def test_a_post_of_a_plain_feed_says_what_it_says():
    found = post(
        rss(
            "<title>A &amp;amp; B &amp;lt;i&amp;gt;</title><author>jc@old.example (Juliet)</author>"
            "<description>&lt;p&gt;red&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</description>"
            "<pubDate>Sun, 01 Mar 20 10:00 EST</pubDate><category domain='https://a.example'>t"
            "</category><enclosure url='https://a.example/b.mp3' type='audio/mpeg' length='12'/>"
        )
    )
    content = found.content
    assert (content.title, content.text) == ("A & B <i>", "red")
    assert content.author.name == "Juliet"
    assert content.published == parse_time("2020-03-01T15:00:00Z")
    assert content.tags == ("t",)
    (link,) = content.links
    assert (link.rel, link.href, link.type, link.length) == (
        "enclosure", "https://a.example/b.mp3", "audio/mpeg", 12,
    )  # fmt: skip


def blogger(kind, more=""):
    return posts(
        atom(
            f"<id>tag:blogger.com,1999:blog-1.post-2</id>{KIND.format(kind)}"
            "<category scheme='http://www.blogger.com/atom/ns#' term='tea'/>"
            "<published>2020-03-01T10:00:00.001-08:00</published><updated>2020-03-02T10:00:00Z"
            "</updated><title type='text'>On tea</title><content type='html'>&lt;b&gt;hot&lt;/b&gt;"
            "</content><link rel='replies' href='https://old.example/feeds/2'/>"
            "<link rel='edit' href='https://old.example/edit'/>"
            "<link rel='alternate' href='https://old.example/tea.html'/>"
            f"<author><name>Juliet</name></author>{more}"
        )
    )


def test_a_post_of_blogger_says_all_that_it_said_there():
    (found,) = blogger("post")
    content = found.content
    assert (found.why_not, content.title, content.text) == ("", "On tea", "hot")
    assert content.tags == ("tea",)
    assert content.published == parse_time("2020-03-01T18:00:00.001Z")
    assert [(each.rel, each.href) for each in content.links] == [
        ("via", "https://old.example/tea.html")
    ]


def test_of_blogger_comments_templates_and_settings_are_no_posts():
    assert [blogger(each) for each in ("comment", "template", "settings")] == [[], [], []]
    kind = "<id>a:1</id><title>x</title><blogger:type>COMMENT</blogger:type>"
    assert posts(atom(kind)) == []


@pytest.mark.parametrize(
    "said",
    [
        "<app:control><app:draft>yes</app:draft></app:control>",
        "<blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status>",
    ],
)
def test_a_draft_is_refused(said):
    assert "isn't published" in post(atom(f"<title>a</title>{said}")).why_not


def test_a_post_of_movim_has_the_time_of_its_last_change_and_the_author_of_its_feed():
    found = post(
        atom(
            "<title>a</title><id>urn:uuid:1</id><updated>2020-03-01T10:00:00+01:00</updated>"
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>red</p></div>"
            "</content><link rel='enclosure' type='image/png' href='https://a.example/b.png'/>"
            "<link rel='alternate' href='https://a.example/c'/>"
            "<link rel='alternate' type='text/html' href='https://movim.example/p'/>",
            before="<author><name>Juliet</name></author>",
        )
    )
    assert (found.content.text, found.content.author.name) == ("red", "Juliet")
    assert found.content.updated == parse_time("2020-03-01T09:00:00Z")
    assert [each.rel for each in found.content.links] == ["enclosure", "via", "via"]


@pytest.mark.parametrize(
    "written", [rss(""), atom(""), atom("<content type='html'>&lt;p/&gt;</content>")]
)
def test_a_post_that_says_nothing_is_refused(written):
    assert "empty" in post(written).why_not


def test_a_post_without_a_title_gets_one():
    assert post(rss("<description>red roses</description>")).content.title == "red roses"


def id_of(written):
    return post(written).id


def test_a_post_is_known_again_whatever_it_says_by_then():
    guid = "<guid>https://old.example/?p=1</guid>"
    assert id_of(rss(f"{guid}<title>a</title>")) == id_of(rss(f"{guid}<title>b</title>"))
    assert id_of(rss(f"{guid}<title>a</title>")) == id_of(
        atom("<id>https://old.example/?p=1</id><title>a</title>")
    )
    ids = {
        id_of(rss(each))
        for each in (
            "<title>a</title>", "<title>b</title>", "<title>a</title><description>b</description>",
            "<title>a</title><pubDate>Sun, 01 Mar 2020"
            " 10:00:00 GMT</pubDate>", "<title>a</title><link>https://old.example/a</link>",
            "<title>a</title><guid>1</guid><link>https://old.example/a</link>",
            "<title>a</title><guid>1</guid><link>https://old.example/b</link>",
        )
    }  # fmt: skip
    assert len(ids) == 7


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "b.png"])
def test_no_file_of_a_post_is_one_of_who_reads_it(url):
    enclosure = f"<enclosure url='{url}' type='image/png' length='1'/>"
    assert not post(rss(f"<title>a</title>{enclosure}")).content.links
    assert not post(atom(f"<title>a</title><link rel='enclosure' href='{url}'/>")).content.links


def test_an_entry_that_was_exported_is_called_what_it_was():
    node = "urn%3Axmpp%3Amicroblog%3A0"
    said = f"<id>xmpp:juliet@capulet.example?;node={node};item={{}}</id><title>a</title>"
    assert id_of(atom(said.format("on-tea-1a2b"))) == "on-tea-1a2b"
    for strange in ("a%0Ab", "a" * 300, "%E2%80%AEa"):
        assert len(id_of(atom(said.format(strange)))) == 24


@pytest.mark.parametrize("when", ["", "yesterday", "9" * 99])
def test_a_time_that_is_none_is_none(when):
    assert post(rss(f"<title>a</title><pubDate>{when}</pubDate>")).content.published is None


PICTURE = '<img src="cup.png" alt="a cup"/> <a href="/about">about</a>'
ESCAPED = PICTURE.replace("<", "&lt;").replace(">", "&gt;")
HTML = f"<content type='html'>{ESCAPED}</content>"


@pytest.mark.parametrize(
    ("written", "base"),
    [
        (rss(f"<description>{ESCAPED}</description>", "<link>https://a.example/</link>"), "/"),
        (rss(f"<link>https://a.example/1/</link><description>{ESCAPED}</description>"), "/1/"),
        (
            rss(
                f"<link>2/</link><description>{ESCAPED}</description>",
                "<link>https://a.example/x/</link>",
            ),
            "/x/2/",
        ),
        (atom(HTML, "<link href='https://a.example/'/>"), "/"),
        (atom(f"<link href='https://a.example/1/'/>{HTML}", "<link href='/2/'/>"), "/1/"),
        (
            atom(f"<link href='https://a.example/1/'/>{HTML}").replace(
                "<entry>", "<entry xml:base='https://a.example/2/'>"
            ),
            "/2/",
        ),
        (
            atom(HTML).replace("<feed ", "<feed xml:base='https://a.example/y/' ").replace(
                "<content ", "<content xml:base='z/' "
            ),
            "/y/z/",
        ),
    ],
)  # fmt: skip
def test_addresses_are_relative_to_what_the_post_or_its_file_says(written, base):
    markup = post(written).content.xhtml
    assert f'src="https://a.example{base}cup.png"' in markup
    assert '<a href="https://a.example/about">' in markup


def test_without_anything_to_be_relative_to_a_picture_stays_as_what_it_is_called():
    for written in (rss(f"<description>{ESCAPED}</description>"), atom(HTML)):
        assert post(written).content.text == "a cup about"


def test_files_of_posts_are_relative_as_well():
    written = rss("<enclosure url='/a.ogg' type='audio/ogg'/>", "<link>https://a.example/</link>")
    (file,) = post(written).content.links
    assert file.href == "https://a.example/a.ogg"
    written = atom("<link rel='enclosure' href='a.ogg'/><link href='https://a.example/1/'/>")
    assert [each.href for each in post(written).content.links] == [
        "https://a.example/1/a.ogg", "https://a.example/1/",
    ]  # fmt: skip
