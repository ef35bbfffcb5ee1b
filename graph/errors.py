"""What can be wrong with a build or a snapshot.

CancuError
 └─ GraphError
     ├─ NoSnapshot     nothing has been built yet, or nothing sound is left
     ├─ NothingBuilt   no document could be built: the reasons are in `left_out`
     ├─ BuildRunning   another build holds the lock
     └─ StorageFailed  the disk is full or not writable
"""

from cancu.loaders.errors import CancuError


class GraphError(CancuError):
    """A build or a snapshot cannot be used."""


class NoSnapshot(GraphError):
    """There is no sound snapshot in the home folder."""


class NothingBuilt(GraphError):
    """Every document was left out."""


class BuildRunning(GraphError):
    """Another build is at work in the same home folder."""


class StorageFailed(GraphError):
    """The home folder cannot be written."""
