"""What people and programs see of a command: forms, values and argument lists."""
