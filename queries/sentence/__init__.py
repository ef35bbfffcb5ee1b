"""A typed sentence understood as a question of the catalogue, with its values; or not, and then it says so."""
