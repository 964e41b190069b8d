"""The site: pages with stable addresses, a feed, downloads and one compact file to explore.

``writing.py`` is the file to read first. Everything is made from the public tables and the answer;
nothing here reads what is kept in the house.
"""
