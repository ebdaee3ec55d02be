"""Published editions on a site: a folder of one's own or a remote place, whole at every moment."""
