"""The agency's workspace (村账镇代管): what waits in every village, vouchers reviewed and work done for many at once."""
