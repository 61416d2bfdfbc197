"""HTML is built, and whatever a plan says stays text."""

from planlint.report.markup import Markup, join, raw, tag, text


def test_what_is_no_markup_is_escaped():
    """Marks of HTML, control and bidirectional characters lose their meaning, in texts and in attributes."""
    hostile = "<script>alert('1')</script>&\"\u202e\x1b[31m\n"

    built = tag("p", hostile, title=hostile)

    said = "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&amp;&quot;\\u{202e}\\u{1b}[31m\\u{a}"
    assert built == f'<p title="{said}">{said}</p>'
    assert text(built) is built


def test_elements_and_attributes_are_named_as_html_names_them():
    """An attribute that is None is left out; void elements have no end."""
    assert tag("a", "x", class_="y", aria_label="z", href=None) == '<a class="y" aria-label="z">x</a>'
    assert tag("input", name="text", size=3) == '<input name="text" size="3">'
    assert tag("svg", tag("rect", x=1), viewBox="0 0 1 1") == '<svg viewBox="0 0 1 1"><rect x="1"></rect></svg>'
    assert join(("a<", tag("b", "c")), "、") == "a&lt;、<b>c</b>"
    assert isinstance(raw("<p>"), Markup)
