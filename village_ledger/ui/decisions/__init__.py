"""Decision files (四议两公开) and their panels (六手印记): pages."""
