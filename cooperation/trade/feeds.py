"""The outlets of the lists of statistics and of quotations. Figures are read, not followed: neither is a feed."""

from cooperation.trade.columns import QUOTATION, STATISTIC
from cooperation.trade.question import QuotationListing, StatisticsListing
from record.outlets import Outlets

STATISTICS = Outlets("trade-statistics", StatisticsListing, STATISTIC, endings=("csv", "json"), path="trade/statistics")
QUOTATIONS = Outlets("trade-quotations", QuotationListing, QUOTATION, endings=("csv", "json"), path="trade/quotations")
