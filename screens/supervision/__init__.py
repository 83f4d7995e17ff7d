"""The supervision board: lights of all open cases, who holds them, and asking about them."""
