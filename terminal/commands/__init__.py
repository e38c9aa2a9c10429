"""The commands of ``onecard``, one module each: ``describe(parser)`` and ``run(arguments) -> exit code``."""
