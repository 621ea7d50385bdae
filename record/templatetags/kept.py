"""Parts of a page that are the same on many."""

from django import template
from django.utils.safestring import mark_safe

from record import kept

register = template.Library()


class KeptNode(template.Node):
    """What stands between the tags, drawn once for all pages on which it is the same."""

    def __init__(self, nodelist, name, vary):
        self.nodelist, self.name, self.vary = nodelist, name, vary

    def render(self, context):
        look = [expression.resolve(context) for expression in self.vary]
        return kept.part(lambda: mark_safe(self.nodelist.render(context)), "fragment", self.name, *look)


@register.tag("kept")
def do_kept(parser, token):
    """`{% kept name value… %}…{% endkept %}`: drawn once for each language and for each of the values, until the record changes.

    What stands between may say nothing but what these tell, and nothing that differs from reader to reader. Values are texts or numbers.
    """
    _tag, *given = token.split_contents()
    if not given:
        raise template.TemplateSyntaxError("“kept” needs a name.")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, given[0], [parser.compile_filter(value) for value in given[1:]])
