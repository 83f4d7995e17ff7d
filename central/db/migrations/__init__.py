"""The migrations of central's database. They only add; what goes, goes two releases later."""
