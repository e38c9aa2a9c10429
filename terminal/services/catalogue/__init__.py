"""Services that are data: each kind of the catalogue as pure rules of a visit."""
