"""Is it the nearest neighbours that count, or a layer of dilation 1? Schedules that tell the two apart, trained."""
