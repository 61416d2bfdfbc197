"""What the figures of a plan say together: implied values, contradictions told in full, and what would repair them."""
