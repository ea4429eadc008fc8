"""Stock-takes (清产核资): sheets, counted values, differences: sheets and registers."""
