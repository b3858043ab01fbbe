"""`bancheng doctor`: what is wrong on this machine, device by device, and how to mend it."""
