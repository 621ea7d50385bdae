"""The outlets of the lists of agreements, initiatives and commitments."""

from cooperation.columns import AGREEMENT, COMMITMENT, INITIATIVE
from cooperation.filters import AgreementListing, CommitmentListing, InitiativeListing
from record.outlets import IN_DAYS, Outlets

AGREEMENTS = Outlets("agreements", AgreementListing, AGREEMENT, endings=IN_DAYS)
INITIATIVES = Outlets("initiatives", InitiativeListing, INITIATIVE, endings=IN_DAYS)
COMMITMENTS = Outlets("commitments", CommitmentListing, COMMITMENT, endings=IN_DAYS)
