"""Training of Vitrine's networks: the face detector and the face-attribute network."""
