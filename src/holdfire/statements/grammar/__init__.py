"""The rules: cues and a small grammar over tokens that find attributions."""
