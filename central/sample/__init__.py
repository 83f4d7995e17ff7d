"""The shipped sample catalogue of the demo city: data that people edit, and its loader."""
