"""Supervision at central: following what happens, the board, escalation, what is found."""
