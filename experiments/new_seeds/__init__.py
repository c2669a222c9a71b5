"""Does the schedule that had the highest means keep its lead with seeds that nobody has seen?"""
