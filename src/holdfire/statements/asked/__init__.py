"""The extractor that asks a language model and believes only what it quotes."""
