"""Sentences about images beside a table."""

from __future__ import annotations

# Images in a zip beside the table
IMAGES_BY_COLUMN = '{count:,} images of {columns} were matched by "{column}"'

IMAGES_NO_COLUMN = (
    "no column names the images of {columns}: a column must hold their paths, such as "
    '"{value}", or their file names'
)

IMAGES_NOT_HERE = '"{column}" names image files: drop a zip of the images together with the table to see them'

IMAGES_MISSING = "{lost:,} of {count:,} rows have no image in {columns}, the first of them row {row:,}"

IMAGES_UNUSED = "{unused:,} of {count:,} images in {columns} are named by no row"

IMAGES_ALONE = "{columns} hold images only: drop the table of predictions together with them"

IMAGES_TOO_MANY = '"{column}" holds {count:,} files: at most {limit:,} images can come in one zip'

IMAGES_LOCKED = '"{column}" is locked with a password: pack the images without one'

IMAGES_DAMAGED = '"{value}" in "{column}" is damaged and cannot be unpacked: pack the zip again'

IMAGES_TOO_LARGE = '"{column}" unpacks to more than {limit} MB: pack smaller images and tables'

MISSING_IMAGE = 'no image in "{column}"'

NO_ALIKE_IMAGES = (
    'no row has readable images of one size in "{column}" and "{other}": give the target and the output of '
    "each row with the same width and height"
)
