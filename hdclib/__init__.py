"""Dilated convolution and the Hybrid Dilated Convolution (HDC) design rules."""
