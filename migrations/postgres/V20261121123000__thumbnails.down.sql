-- The pictures are made anew from the documents; their objects are collected as orphans.

DROP TABLE thumbnails;
