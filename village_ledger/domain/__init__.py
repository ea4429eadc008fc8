"""Values and rules of village bookkeeping: pure Python, no file, no window, no clock."""
