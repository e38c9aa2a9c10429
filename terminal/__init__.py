"""The application: visits, services, journal, forwarding.

It decides; it touches no Qt, no device and no HTTP library.
"""
