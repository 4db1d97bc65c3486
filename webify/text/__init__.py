"""Long texts on disk: their lines by number, the window around a place, a search through all."""
