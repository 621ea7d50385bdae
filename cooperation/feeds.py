"""The outlets of the lists of agreements, initiatives and commitments."""

from cooperation.columns import AGREEMENT, COMMITMENT, INITIATIVE
from cooperation.filters import AgreementListing, CommitmentListing, InitiativeListing
from record.outlets import Outlets

AGREEMENTS = Outlets("agreements", AgreementListing, AGREEMENT)
INITIATIVES = Outlets("initiatives", InitiativeListing, INITIATIVE)
COMMITMENTS = Outlets("commitments", CommitmentListing, COMMITMENT)
