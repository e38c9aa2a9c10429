"""The outside world, one package a device class.

A driver speaks of APDUs, records, frames and messages and decides nothing about a loan or a fare.
"""
