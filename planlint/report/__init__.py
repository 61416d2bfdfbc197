"""Ways to show a report. Each module is a pure function from a report to text."""
