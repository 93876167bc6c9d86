"""分案: who may take a matter, who must not, and the draw among the rest, recorded so that it can be proved."""
