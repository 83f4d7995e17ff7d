"""Identity numbers at the counter: which document, and if wrong, what exactly."""

from clerk.rules.identifiers.masking import mask_identifier, mask_phone
from clerk.rules.identifiers.reading import Reading, read_identifier

__all__ = ["Reading", "mask_identifier", "mask_phone", "read_identifier"]
