"""Hardware, and nothing but hardware: printers, signs, scanners, each opened by one URL."""
