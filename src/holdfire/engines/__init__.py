"""Where the heavy work is done: geometry on the ellipsoid, on one machine."""
