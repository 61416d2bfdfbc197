"""What an editor shows of a plan while it is written; only `lsp.server` knows the protocol's library."""
