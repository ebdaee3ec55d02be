"""What the words of a program tell that it may read although Python tells of no such reading.

Words are looked for, not calls: they stand for more than they do rather than for less. Whoever
avoids them on purpose can hide a reading; an analyst has no reason to.
"""

from __future__ import annotations

import re

from planbook.disk_reads import EVERYTHING, NAMES, UNKNOWN

_READERS = frozenset(  # libraries that read files or ask servers by themselves, not through Python
    (
        *("adbc_driver_manager", "cffi", "connectorx", "ctypes", "cv2", "duckdb", "fastparquet"),
        *("fiona", "geopandas", "h5py", "lxml", "mmap", "MySQLdb", "netCDF4", "oracledb", "osgeo"),
        *("polars", "psycopg", "psycopg2", "pyarrow", "pycurl", "pymssql", "pyodbc", "pyogrio"),
        *("pyreadr", "pyreadstat", "python_calamine", "rasterio", "xarray"),
    )
)
_THEIR_CALLS = (  # of pandas
    *("calamine", "HDFStore", "read_feather", "read_hdf", "read_orc", "read_parquet", "read_spss"),
)
_OUTSIDE = (  # of the computer: its settings, its clock, other programs
    *("environ", "getenv", "joblib", "multiprocessing", "today", "utcnow"),
    *(r"\w\.now", r"time\.(?:time|time_ns|localtime|gmtime|strftime|ctime)", "from time import"),
)
_TODAY = r"""|["'](?:now|today)["']"""  # as pandas reads them
_WORDS = {
    UNKNOWN: (*sorted(_READERS), *_THEIR_CALLS, *_OUTSIDE),
    EVERYTHING: ("stat", "lstat", "fstat", "getsize", "getmtime", "filecmp"),  # sizes of any file
    NAMES: ("glob", "os", "Path", "pathlib", "shutil"),  # whether there is a file
}
_PATTERNS = {
    name: re.compile(rf"\b(?:{'|'.join(words)})\b{_TODAY if name is UNKNOWN else ''}")
    for name, words in _WORDS.items()
}


def unseen_by_words(source: str) -> set[str]:
    """Return the names of what a program may read unseen: whole inputs, or names of files."""
    return {name for name, pattern in _PATTERNS.items() if pattern.search(source)}
