"""The registers that an applicant is looked up in: population, organisations, licences."""
