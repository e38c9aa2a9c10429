"""Background work, one mechanism of each kind; used by terminal, drivers and central.

Threads are started here and nowhere else. Imports only ``config``.
"""
