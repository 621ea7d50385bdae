from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CooperationConfig(AppConfig):
    name = "cooperation"
    verbose_name = _("Agreements, initiatives and trade")

    def ready(self):
        from cooperation import searched, tables
        from cooperation.filters import AgreementListing, InitiativeListing
        from cooperation.models import Agreement, Commitment, GapCause, Initiative, QuotedFigure, TradeFigure
        from cooperation.waiting import signed_long_ago
        from record import inverted, kinds, queues, waiting

        tables.register_all()
        inverted.register(AgreementListing, InitiativeListing)
        kinds.register(
            kinds.Kind(
                letter=Agreement.LETTER,
                model=Agreement,
                path="agreements",
                row="cooperation/_agreement_row.html",
                involving={
                    "topic": ["topics"],
                    "place": ["actions__place"],
                    "person": ["signatories__person"],
                    "organisation": ["parties__organisation", "signatories__organisation"],
                    "source": ["citations__source", "actions__sources", "disagreements__values__sources"],
                    "disagreement": ["disagreements"],
                    "picture": ["pictures"],
                },
                listed=frozenset({"topic", "place", "person"}),
            )
        )
        kinds.register(
            kinds.Kind(
                letter=Initiative.LETTER,
                model=Initiative,
                path="initiatives",
                row="cooperation/_initiative_row.html",
                involving={
                    "topic": ["topics"],
                    "place": ["place"],
                    "person": ["partners__person"],
                    "organisation": ["partners__organisation"],
                    "source": ["citations__source", "disagreements__values__sources"],
                    "disagreement": ["disagreements"],
                    "picture": ["pictures"],
                },
                listed=frozenset({"topic", "place", "organisation"}),
            )
        )
        kinds.witness(
            QuotedFigure,
            {"source": ["citations__source", "disagreements__values__sources"], "disagreement": ["disagreements"]},
        )
        for numbered in (Commitment, QuotedFigure, TradeFigure):
            kinds.numbered(numbered)
        kinds.witness(Commitment, {"source": ["citations__source", "assessments__sources"]})
        kinds.witness(GapCause, {"source": ["source"]})
        kinds.witness(TradeFigure, {"source": ["source"]})
        searched.register_all()
        waiting.entries(Agreement, Initiative)
        waiting.published(Commitment, QuotedFigure, TradeFigure, GapCause)
        queues.wait("not-in-force", Agreement, signed_long_ago)
