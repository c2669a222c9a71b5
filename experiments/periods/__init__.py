"""Does a side lobe foretell the texture that trained networks leave?"""
