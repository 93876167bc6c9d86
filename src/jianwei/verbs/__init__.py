"""The verbs of the command line. A verb is a module with ``ORDER``, ``HELP``, ``arguments(parser)`` and ``run(args)``."""
