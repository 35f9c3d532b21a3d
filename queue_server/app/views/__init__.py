"""Read models: what screens and callers are shown, as JSON-able dictionaries made from the store's rows."""
