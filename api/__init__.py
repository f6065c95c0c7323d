"""The FastAPI layer over `kg`."""
