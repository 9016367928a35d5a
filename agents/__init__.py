"""The rules, one actor a file: compiled transition functions and the slow actors' processes."""
