"""What an editor shows of a plan while it is written; only `server` and `messages` know the protocol's library."""
