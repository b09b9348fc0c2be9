"""Taking in a lender's files: portfolios and payments, as they come."""
