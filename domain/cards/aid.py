"""Names and file identifiers by which applications on cards are selected."""

from __future__ import annotations

SSSE = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
"""The social-security system environment: ASCII ``sx1.sh.`` and 社会保障 in GBK (LD/T 32.3)."""

SOCIAL_SECURITY_RID = bytes.fromhex("D156000005")
"""The registered identifier of the social-security card's applications and identification codes."""

PSAM_APPLICATION = SOCIAL_SECURITY_RID + bytes.fromhex("90")
"""The application in a social-security PSAM; no card has it."""

MASTER_FILE = 0x3F00
SSSE_DIRECTORY = 0xDDF1
"""The environment's own directory on cards where it is not the master file."""
PSAM_DIRECTORY = 0xDF01
