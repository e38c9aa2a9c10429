"""Virtual cards, phones, cameras and printers.

They speak the real protocol to the real driver, and can never earn money.
"""
