"""The files that the page 下载 offers."""
