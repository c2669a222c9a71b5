"""What is a wide field worth where what decides lies far away?"""
