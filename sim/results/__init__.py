"""What a run folder says: its tables, each declared once, and the words in which they are explained."""
