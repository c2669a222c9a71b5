"""Put the site together, with Python in the browser, and serve it."""
