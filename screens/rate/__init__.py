"""The page that an applicant rates on, the desk turned over to them."""
