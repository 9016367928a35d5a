"""One replication of one province, put together from actors, media and money, and the record it leaves."""
