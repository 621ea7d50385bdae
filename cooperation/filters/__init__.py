from cooperation.filters.agreements import AgreementListing, CountListing, WaitingListing
from cooperation.filters.chain import DocumentChain, InitiativeChain, MeetingChain
from cooperation.filters.commitments import CommitmentListing
from cooperation.filters.initiatives import InitiativeListing

__all__ = [
    "AgreementListing",
    "CommitmentListing",
    "CountListing",
    "DocumentChain",
    "InitiativeChain",
    "InitiativeListing",
    "MeetingChain",
    "WaitingListing",
]
