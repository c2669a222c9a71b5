"""The same small segmentation network, trained with different dilations and nothing else changed."""
