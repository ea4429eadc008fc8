"""The disclosure calendar: rules a ledger follows, why something is not posted, matters written by hand."""
