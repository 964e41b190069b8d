"""The trained extractor: a token tagger run with onnxruntime. Needs the extra ``model``."""

from holdfire.statements.learned.tagger import Tagger

__all__ = ["Tagger"]
