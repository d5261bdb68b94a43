"""What people pass on: saved evaluations, samples, decisions and reports."""
