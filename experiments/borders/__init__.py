"""Do the dilations that a design proposes do better where the picture ends in zeros?"""
