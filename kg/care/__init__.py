"""Care of the data: backups, dumps and former formats. Whatever fails or is killed leaves the store that was there."""
