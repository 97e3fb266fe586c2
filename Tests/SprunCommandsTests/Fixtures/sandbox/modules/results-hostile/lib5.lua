return "\xff"
